"""Everything that pages can show, at one moment: companies in every state, documents in every state.

Castlegate lost its access with a conflict open and a document waiting, and somebody came back with another
organisation. Mill Lane is lost too, and its consent was denied. Orchard Row is connected, has a locked
period, and something that was typed on both sides. Beacon Street waits for its date, with an account to
match. For Tannery Court Xero left open which organisation was granted.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from demo.tour.page import Page, option
from tests.browser.firm import Firm
from tests.browser.typed_twice import type_on_both_sides

CASTLEGATE, MILL_LANE, ORCHARD = "Castlegate Estates Ltd", "Mill Lane Properties Ltd", "Orchard Row Ltd"
BEACON, TANNERY = "Beacon Street Residential Ltd", "Tannery Court Ltd"
ARCHIVED = "473"  # an account of Beacon Street's that Xero no longer takes


@dataclass(frozen=True)
class Scenery:
    """Where to look: the firm, and the paths of what was made for this."""

    firm: Firm
    in_xero: str
    disputed: str
    conflict: str
    paired: str
    locked: str
    waiting: str
    draft: str
    refused: str
    denied: str
    unclear: str


@contextmanager
def scenery(firm: Firm) -> Iterator[Scenery]:
    firm.connect(ORCHARD)
    firm.connect(CASTLEGATE)
    in_xero, disputed = firm.documents(CASTLEGATE)[-2:]
    conflict = dispute(firm, disputed)
    paired = type_on_both_sides(firm, ORCHARD, lambda: raise_one(firm, ORCHARD, "Save and approve"))
    with firm.lost(CASTLEGATE, MILL_LANE):
        firm.xero.do("archive-account", organisation=BEACON, code=ARCHIVED)
        firm.consent(BEACON, BEACON)
        yield Scenery(
            firm=firm,
            in_xero=in_xero,
            disputed=disputed,
            conflict=conflict,
            paired=paired,
            locked=urlsplit(firm.until_linked(refusals(firm, ORCHARD), "Date ")).path,
            waiting=raise_invoice(firm, "Save and approve"),
            draft=raise_invoice(firm, "Save as a draft"),
            refused=urlsplit(firm.consent(CASTLEGATE, "Harbour View Holdings Ltd").address).path,
            denied=urlsplit(firm.deny(MILL_LANE)).path,
            unclear=leave_unclear(firm),
        )
        firm.xero.do("archive-account", organisation=BEACON, code=ARCHIVED, restore=True)
        firm.connect(BEACON)


def dispute(firm: Firm, document: str) -> str:
    """Xero's side changes, ours changes in the same place; the path of the conflict."""
    number = firm.admin.open(document).one("document-number").words
    firm.xero.do("edit-document", organisation=CASTLEGATE, document=number, set={"reference": "Theirs"})
    form = firm.admin.open(f"{document}edit/")
    firm.admin.press(form, "Save changes", reference="Ours")
    return urlsplit(firm.until_linked("/income-and-expenses/sync-results/", "Compare and choose")).path


def refusals(firm: Firm, company: str) -> str:
    return f"/income-and-expenses/sync-results/?company={firm.number(company)}"


def raise_invoice(firm: Firm, button: str) -> str:
    """One of Castlegate; its path."""
    return raise_one(firm, CASTLEGATE, button)


def raise_one(firm: Firm, company: str, button: str) -> str:
    form = firm.manager.open(f"/income-and-expenses/new/invoice/?company={firm.number(company)}")
    values = form.form(button).values
    first = next(name for name in values if name.endswith("-0-description")).removesuffix("description")
    made = firm.manager.press(form, button, **typed(form, first))
    return urlsplit(made.address).path


def typed(form: Page, line: str) -> dict[str, str]:
    return {
        "contact": option(form, "contact"),
        "reference": "Rent, raised while Xero was away",
        f"{line}description": "Rent",
        f"{line}account_code": option(form, f"{line}account_code"),
        f"{line}tax_type": option(form, f"{line}tax_type"),
        f"{line}unit_amount": "1250.00",
    }


def leave_unclear(firm: Firm) -> str:
    """Xero's list says of no organisation that it was just granted; the page that asks the person."""
    rows = [dict(one) for one in firm.xero.see("state")["connections"] if one["active"]]
    blurred = {"authEventId": None, "updatedDateUtc": "2026-01-01T00:00:00.0000000"}
    body = json.dumps([row | blurred for row in rows])
    headers = {"Content-Type": "application/json"}
    firm.xero.do(
        "faults",
        action="answer",
        path="/connections",
        status=200,
        times=60,
        headers=headers,
        body=body,
    )
    try:
        return urlsplit(firm.consent(TANNERY, TANNERY).address).path
    finally:
        firm.xero.do("faults", clear=True)
