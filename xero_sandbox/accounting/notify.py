"""What a change rings: one webhook event per category that Xero has (docs/xero.md E)."""

from __future__ import annotations

from typing import Any

from xero_sandbox.accounting.model import Contact, Document
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.state import World

CATEGORIES = {"Invoices": "INVOICE", "CreditNotes": "CREDITNOTE", "Overpayments": "OVERPAYMENT"}


def document_changed(world: World, organisation: Organisation, document: Document, event_type: str) -> None:
    category = CATEGORIES[document.kind]
    data = None if category == "INVOICE" else {"Type": document.type, "Status": document.status}
    _note(world, organisation, f"{document.kind}/{document.item_id}", (category, event_type), data)


def contact_changed(world: World, organisation: Organisation, contact: Contact, event_type: str) -> None:
    _note(world, organisation, f"Contacts/{contact.item_id}", ("CONTACT", event_type), None)


def _note(
    world: World, organisation: Organisation, address: str, what: tuple[str, str], data: dict[str, Any] | None
) -> None:
    category, event_type = what
    stamp = world.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    event: dict[str, Any] = {
        "resourceUrl": f"https://api.xero.com/api.xro/2.0/{address}",
        "resourceId": address.split("/")[1],
        "tenantId": organisation.organisation_id,
        "tenantType": "ORGANISATION",
        "eventCategory": category,
        "eventType": event_type,
        "eventDateUtc": stamp,
    }
    world.webhooks.note(event | ({"data": data} if data else {}))
