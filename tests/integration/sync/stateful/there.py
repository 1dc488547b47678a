"""What people do in Xero: edit, pay, void, type in; and what Xero tells us of it by webhook."""

import base64
import hashlib
import hmac
import json
from contextlib import suppress
from decimal import Decimal

import httpx
from django.conf import settings
from django.test import Client
from django.urls import reverse

from integrations.xero import connections
from released.clock import today
from tests.integration.sync.stateful.hands import amount
from tests.integration.sync.stateful.touches import value_there
from tests.integration.sync.stateful.world import ORGANISATION, Row, World
from tests.sandbox import PRIYA, Sandbox


def row_at(world: World, place: int) -> Row | None:
    rows = world.rows()
    return rows[place % len(rows)] if rows else None


def edit_there(world: World, row: Row, name: str, *, touch: bool = True) -> bool:
    """`touch` False: as by an import of a bank's, which leaves the stamp alone."""
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_paid"])):
        return False
    if name == "due_date" and row["due_date"] is None:
        return False
    new = {"reference": f"there {world.next()}.", "due_date": f"2027-03-{1 + world.next() % 28:02}",
           "date": row["date"][:8] + "01", "total": amount(world)}  # fmt: skip
    column = "total" if name == "lines" else name
    world.do("edit-document", document=row["id"], set={column: new[column]}, touch=touch)
    after = next(one for one in world.rows() if one["id"] == row["id"])
    if value_there(after, name) == value_there(row, name):
        return False
    world.touches.there[row["id"]][name] = value_there(after, name)
    _happened(world, row)
    return True


def pay_there(world: World, row: Row) -> bool:
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_due"])) < 5 or "CREDIT" in row["type"]:
        return False
    world.do("record-payment", document=row["id"], amount=5)
    world.touches.there[row["id"]]["pay"] = True
    _happened(world, row)
    return True


def void_there(world: World, row: Row) -> bool:
    if row["status"] != "AUTHORISED" or Decimal(str(row["amount_paid"])):
        return False
    world.do("void-document", document=row["id"])
    world.touches.there[row["id"]]["void"] = True
    _happened(world, row)
    return True


def type_there(world: World) -> bool:
    """Somebody enters an invoice in Xero."""
    price, day = amount(world), today().isoformat()
    lines = [{"Description": "Typed", "Quantity": 1, "UnitAmount": price, "AccountCode": "200",
              "TaxType": "EXEMPTOUTPUT"}]  # fmt: skip
    written = {"Type": "ACCREC", "Status": "AUTHORISED", "Contact": {"Name": "Typed in Xero"}, "Date": day,
               "DueDate": day, "LineItems": lines}  # fmt: skip
    before = {one["id"] for one in world.rows()}
    enter(world.sandbox, ORGANISATION, "Invoices", written)
    world.typed |= {one["id"] for one in world.rows()} - before
    return True


def namesake_there(world: World, name: str) -> bool:
    """Somebody enters a contact in Xero that bears the name of one of ours."""
    written = {"Name": name, "EmailAddress": f"their{world.next()}@lessee.example"}
    enter(world.sandbox, ORGANISATION, "Contacts", written)
    return True


def enter(sandbox: Sandbox, organisation: str, endpoint: str, element: Row) -> None:
    """As if typed in Xero: by way of another person’s permission than ours."""
    tokens, _ = sandbox.sign_in(PRIYA, organisation)
    row = next(one for one in connections.list_for(tokens.access_token) if one.name == organisation)
    headers = {"Authorization": f"Bearer {tokens.access_token}", "xero-tenant-id": str(row.xero_tenant_id),
               "Accept": "application/json"}  # fmt: skip
    address = f"{sandbox.url}/api.xro/2.0/{endpoint}"
    with suppress(httpx.TransportError):  # a fault may meet this call too
        httpx.put(address, json={endpoint: [element]}, headers=headers, trust_env=False)


def _happened(world: World, row: Row) -> None:
    """What Xero has to tell of it."""
    world.untold.append(
        {"resourceId": row["id"], "eventCategory": "INVOICE", "eventType": "UPDATE",
         "tenantId": str(world.connection.xero_tenant_id), "eventDateUtc": "2026-11-22T10:00:00.000"}
    )  # fmt: skip


def webhook(world: World, how: str) -> bool:
    """Told once, twice, the last first, or never."""
    events, world.untold = world.untold, []
    if how == "lost" or not events:
        return bool(events)
    body = json.dumps({"events": events[::-1] if how == "backwards" else events}).encode()
    mac = hmac.new(settings.XERO_WEBHOOK_KEY.encode(), body, hashlib.sha256)
    signature = base64.b64encode(mac.digest()).decode()
    for _ in range(2 if how == "twice" else 1):
        answer = Client().post(
            reverse("xero-webhooks"),
            body,
            content_type="application/json",
            headers={"x-xero-signature": signature},
        )
        assert answer.status_code == 200, answer.content
    return True
