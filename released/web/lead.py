"""The few sentences at the top of home: what to do today. Pure."""

from collections.abc import Callable, Sequence

from integrations.models import Connection
from released.web.words import names_text
from sync.pages.overview import Overview

State = Connection.State
NAMED = 3
LOOKS_AFTER_ITSELF = ("connected", "syncing", "unavailable")


def lead(rows: Sequence[Overview]) -> str:
    """Every company is in one of these sentences, so that none is called well that stands still."""
    lost, dated = _named(rows, _is_lost), _named(rows, _is_without_date)
    lacking, held = _named(rows, _lacks_permission), _named(rows, _is_held)
    undecided = _named(rows, _is_undecided)
    says = [
        _says(lost, "needs reconnecting.", "need reconnecting."),
        _says(dated, "waits for its sync-from date.", "wait for their sync-from dates."),
        _says(lacking, "needs its permissions updated.", "need their permissions updated."),
        _says(undecided, "has documents to decide on.", "have documents to decide on."),
        _says(held, "stands still for now.", "stand still for now."),
        _not_connected(rows),
    ]
    told = " ".join(one for one in says if one)
    if not any(_is_well(row) and not _is_undecided(row) for row in rows):
        return told
    if not told:
        return "Nothing needs doing: everything looks after itself."
    return f"{told} The others look after themselves."


def _not_connected(rows: Sequence[Overview]) -> str:
    names = _named(rows, _is_apart)
    if names and len(names) == len(rows):
        was_one = any(row.connection and row.connection.xero_tenant_id for row in rows)
        return f"No company is connected to Xero{'' if was_one else ' yet'}."
    return _says(names, "is not connected.", "are not connected.")


def _named(rows: Sequence[Overview], is_so: Callable[[Overview], bool]) -> list[str]:
    return [row.company.name for row in rows if is_so(row)]


def _says(names: list[str], one: str, many: str) -> str:
    if not names:
        return ""
    who = f"{len(names)} companies" if len(names) > NAMED else names_text(names)
    return f"{who} {one if len(names) == 1 else many}"


def _state(row: Overview) -> str:
    return row.connection.state if row.connection else State.DISCONNECTED


def _is_apart(row: Overview) -> bool:
    return _state(row) == State.DISCONNECTED


def _is_lost(row: Overview) -> bool:
    return _state(row) == State.REVOKED


def _is_without_date(row: Overview) -> bool:
    return _state(row) == State.AWAITING_DATE


def _is_undecided(row: Overview) -> bool:
    """Nothing is decided for a company that shares nothing."""
    return row.tally.to_decide > 0 and not _is_apart(row)


def _is_held(row: Overview) -> bool:
    """By an operator, or with all companies."""
    return row.is_calm and row.condition.tone == "off"


def _lacks_permission(row: Overview) -> bool:
    return row.is_calm and not _is_held(row) and bool(row.connection and row.connection.missing_scopes)


def _is_well(row: Overview) -> bool:
    return row.is_calm and not _lacks_permission(row) and row.condition.tone in LOOKS_AFTER_ITSELF
