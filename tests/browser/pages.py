"""Every full page of the product, by name: where it is in the scenery, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.browser.scenery import BEACON, CASTLEGATE, MILL_LANE, ORCHARD, TANNERY, Scenery

WORK = "/income-and-expenses/"
RESULTS = f"{WORK}sync-results/"


@dataclass(frozen=True)
class Place:
    """A page: its address, who looks, and the status that it rightly has."""

    address: Callable[[Scenery], str]
    who: str = "admin"
    status: int = 200


def at(address: str, *, who: str = "admin", status: int = 200) -> Place:
    return Place(lambda scenery: address, who, status)


def made(attribute: str, ending: str = "", *, who: str = "admin") -> Place:
    """A page about something that the scenery made."""
    return Place(lambda scenery: f"{getattr(scenery, attribute)}{ending}", who)


def of(company: str, step: str = "", *, who: str = "admin", status: int = 200) -> Place:
    return Place(lambda scenery: scenery.firm.page(company, step), who, status)


def about(address: str, company: str, *, who: str = "admin") -> Place:
    """A page that takes the company as a parameter."""
    return Place(lambda scenery: f"{address}company={scenery.firm.number(company)}", who)


PAGES: Final[dict[str, Place]] = {
    "sign-in": at("/login/", who="stranger"),
    "home": at("/"),
    "home-of-a-manager": at("/", who="manager"),
    "switch-account": at("/account/"),
    "not-allowed": at(f"{WORK}new/invoice/", who="reader", status=403),
    "list": at(WORK),
    "list-of-a-manager": about(f"{WORK}?type=expenses&", CASTLEGATE, who="manager"),
    "list-of-a-reader": at(f"{WORK}?type=credits", who="reader"),
    "list-empty": at(f"{WORK}?q=nothing-is-called-so"),
    "document-in-xero": made("in_xero"),
    "document-disputed": made("disputed"),
    "document-paired": made("paired"),
    "document-waiting": made("waiting", who="manager"),
    "document-draft": made("draft", who="manager"),
    "which-company": at(f"{WORK}new/invoice/", who="manager"),
    "new-invoice": about(f"{WORK}new/invoice/?", CASTLEGATE, who="manager"),
    "new-bill": about(f"{WORK}new/bill/?", CASTLEGATE, who="manager"),
    "edit": made("waiting", "edit/", who="manager"),
    "void": made("waiting", "void/", who="manager"),
    "delete": made("draft", "delete/", who="manager"),
    "results": at(RESULTS),
    "results-waiting": about(f"{RESULTS}?show=waiting&", CASTLEGATE),
    "results-agreed": about(f"{RESULTS}?show=sent&", ORCHARD),
    "results-none": about(f"{RESULTS}?", BEACON),
    "conflict": made("conflict"),
    "date-anew": made("locked"),
    "pairs": of(ORCHARD, "pairs/"),
    "pairs-none": of(BEACON, "pairs/"),
    "reconciliation": about("/reconciliation/?", ORCHARD),
    "reconciliation-none": about("/reconciliation/?", TANNERY),
    "add-ons": at("/settings/add-ons/"),
    "reconnect-several": at("/settings/add-ons/several/"),
    "company-connected": of(ORCHARD),
    "company-lost": of(CASTLEGATE),
    "company-not-connected": of(TANNERY),
    "connect": of(TANNERY, "connect/"),
    "choose-organisation": made("unclear"),
    "take-over": of(ORCHARD, "take-over/"),
    "reconnect": of(CASTLEGATE, "reconnect/"),
    "reconnect-solved": of(ORCHARD, "reconnect/"),
    "reconnect-not-permitted": of(CASTLEGATE, "reconnect/", who="manager", status=403),
    "leave-for-xero": of(CASTLEGATE, "reconnect/xero/"),
    "refused": made("refused"),
    "denied": made("denied"),
    "attempt-unknown": at("/xero/callback/?state=unknown&code=x", status=400),
    "matching-first": of(BEACON, "matching/"),
    "matching-all": of(BEACON, "matching/?all"),
    "matching-later": of(ORCHARD, "matching/"),
    "matching-not-permitted": of(ORCHARD, "matching/", who="manager", status=403),
    "sync-from-first": of(BEACON, "sync-from/"),
    "sync-from-moving": of(ORCHARD, "sync-from/"),
    "receipt": of(CASTLEGATE, "receipt/"),
    "receipt-with-refusals": of(ORCHARD, "receipt/"),
    "reminders": of(MILL_LANE, "reminders/"),
    "reminders-of-lost": of(MILL_LANE, "reminders/all-lost/"),
    "refusal-mails": at("/settings/refused-documents/", who="manager"),
    "disconnect": of(ORCHARD, "disconnect/"),
}
