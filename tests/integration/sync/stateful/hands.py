"""What people do on either side: raise, edit, approve, void here; edit, pay, void, type in Xero."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx

from integrations.transitions import change_sync_from
from integrations.xero import connections
from released.billing.contents import contents_of
from released.billing.editing import Extent, editable, facts_of, may_void
from released.billing.models import Document, Kind
from released.billing.recording import approve_document, edit_document, raise_document, void_document
from released.clock import today
from tests.factories.billing import EXPENSE, contents, line
from tests.integration.sync.stateful.world import ORGANISATION, World
from tests.sandbox import PRIYA

FIELDS = ("reference", "due_date", "date", "lines", "contact")


def amount(world: World) -> str:
    """No two documents of a sequence have the same total."""
    return str(Decimal(100) + world.next() * Decimal("1.37"))


def raise_one(world: World, kind: Kind, *, approved: bool, days_ago: int) -> None:
    price = amount(world)
    lines = (line(price),) if kind.is_income else (line(price, **EXPENSE),)
    written = contents(
        world.connection.company, kind, contact=world.contacts[world.next() % 2], lines=lines,
        reference=f"ref {world.next()}", date=today() - timedelta(days=days_ago),
    )  # fmt: skip
    made = raise_document(world.connection.company, kind, written, by=world.person)
    world.documents.append(made.pk)
    if approved:
        approve_document(made, by=world.person)


def approve(world: World, document: Document) -> bool:
    if not document.state.stays_here:
        return False
    approve_document(document, by=world.person)
    return True


def edit_here(world: World, document: Document, name: str) -> bool:
    if editable(facts_of(document)).extent is not Extent.ALL:
        return False
    if name == "due_date" and document.sort.is_credit:
        return False
    before = contents_of(document)
    new: dict[str, Any] = {
        "reference": f"here {world.next()}",
        "due_date": before.date + timedelta(days=20 + world.next()),
        "date": before.date - timedelta(days=1),
        "contact": world.contacts[world.next() % 2],
        "lines": tuple(replace(one, unit_amount=Decimal(amount(world))) for one in before.lines),
    }
    edit_document(document, replace(before, **{name: new[name]}), by=world.person, revision=document.revision)
    world.here[document.pk].add(name)
    return True


def void_here(world: World, document: Document) -> bool:
    if not may_void(facts_of(document)):
        return False
    void_document(document, by=world.person)
    world.here[document.pk].add("void")
    return True


def edit_there(world: World, row: dict[str, Any], name: str, *, touch: bool) -> bool:
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_paid"])):
        return False
    if name == "due_date" and row["due_date"] is None:
        return False
    new = {"reference": f"there {world.next()}", "due_date": f"2027-03-{1 + world.next() % 28:02}",
           "date": row["date"][:8] + "01", "lines": None, "contact": None}[name]  # fmt: skip
    changed = {name: new} if new else {"total": amount(world)}
    world.do("edit-document", document=row["id"], set=changed, touch=touch)
    world.there[row["id"]].add(name if new else "lines")
    return True


def pay_there(world: World, row: dict[str, Any]) -> bool:
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_due"])) < 5 or "CREDIT" in row["type"]:
        return False
    world.do("record-payment", document=row["id"], amount=5)
    world.there[row["id"]].add("pay")
    return True


def void_there(world: World, row: dict[str, Any]) -> bool:
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_paid"])):
        return False
    world.do("void-document", document=row["id"])
    world.there[row["id"]].add("void")
    return True


def type_there(world: World) -> None:
    """Somebody enters an invoice in Xero, by way of another permission than ours."""
    tokens, _ = world.sandbox.sign_in(PRIYA, ORGANISATION)
    row = next(one for one in connections.list_for(tokens.access_token) if one.name == ORGANISATION)
    price, day = amount(world), today().isoformat()
    lines = [{"Description": "Typed", "Quantity": 1, "UnitAmount": price, "AccountCode": "200",
              "TaxType": "EXEMPTOUTPUT"}]  # fmt: skip
    written = {"Type": "ACCREC", "Status": "AUTHORISED", "Contact": {"Name": "Typed in Xero"}, "Date": day,
               "DueDate": day, "LineItems": lines}  # fmt: skip
    headers = {"Authorization": f"Bearer {tokens.access_token}", "xero-tenant-id": str(row.xero_tenant_id),
               "Accept": "application/json"}  # fmt: skip
    address = f"{world.sandbox.url}/api.xro/2.0/Invoices"
    before = {one["id"] for one in world.rows()}
    with suppress(httpx.TransportError):  # a fault may meet this call too
        httpx.put(address, json={"Invoices": [written]}, headers=headers, trust_env=False)
    world.typed |= {one["id"] for one in world.rows()} - before


def move_date(world: World, days_ago: int) -> None:
    change_sync_from(world.connection, sync_from=today() - timedelta(days=days_ago), by=world.person)


def ours(world: World, place: int) -> Document | None:
    """Any document of the company, those from Xero included."""
    rows = list(Document.objects.filter(company=world.connection.company).order_by("pk"))
    return rows[place % len(rows)] if rows else None
