"""The scopes that an app made after 2 March 2026 may ask for, and those it no longer may (docs/xero.md A)."""

from __future__ import annotations

OPENID = {"openid", "profile", "email", "offline_access"}
_READ_WRITE = (
    "accounting.invoices",
    "accounting.payments",
    "accounting.banktransactions",
    "accounting.manualjournals",
    "accounting.contacts",
    "accounting.settings",
    "accounting.attachments",
)
_REPORTS = (
    "aged",
    "balancesheet",
    "banksummary",
    "budgetsummary",
    "executivesummary",
    "profitandloss",
    "trialbalance",
    "taxreports",
)
GRANULAR = (
    OPENID
    | set(_READ_WRITE)
    | {f"{scope}.read" for scope in _READ_WRITE}
    | {f"accounting.reports.{name}.read" for name in _REPORTS}
)
BROAD = {"accounting.transactions", "accounting.transactions.read", "accounting.reports.read"}
APP = {"app.connections"}


def allowed(app_scopes: str) -> set[str]:
    return GRANULAR | BROAD if app_scopes == "both" else GRANULAR


def covers(granted: tuple[str, ...], needed: str, *, reading: bool) -> bool:
    """Whether the token may use an endpoint: an old broad scope stands for the granular ones."""
    names = {needed, f"{needed}.read"} if reading else {needed}
    if needed in ("accounting.invoices", "accounting.payments"):
        names |= {"accounting.transactions"} | ({"accounting.transactions.read"} if reading else set())
    return bool(names.intersection(granted))
