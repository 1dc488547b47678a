"""Contacts: unique names among the active, archived ones closed to edits (docs/xero.md C)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xero_sandbox.accounting.batch import Batch, write_all
from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.envelope import Answer, envelope
from xero_sandbox.accounting.errors import Invalid, NotFound
from xero_sandbox.accounting.fields import CONTACT_FIELDS
from xero_sandbox.accounting.find_contact import ARCHIVED, details_in
from xero_sandbox.accounting.listing import Listing, show
from xero_sandbox.accounting.model import Contact
from xero_sandbox.accounting.notify import contact_changed
from xero_sandbox.accounting.render_contact import rendered_contact
from xero_sandbox.accounting.where import Predicate
from xero_sandbox.clock import to_ms
from xero_sandbox.state import new_id

TAKEN = (
    "The contact name {name} is already assigned to another contact. "
    "The contact name must be unique across all active contacts."
)


def list_contacts(call: Call) -> Answer:
    filters: list[Predicate] = []
    if not call.flag("includeArchived"):
        filters.append(lambda one: one.status == "ACTIVE")
    if wanted := {value.lower() for value in call.csv("IDs")}:
        filters.append(lambda one: one.item_id in wanted)
    if term := call.query.get("searchTerm", "").lower():
        filters.append(lambda one: term in one.name.lower() or term in one.email.lower())
    return show(
        call,
        Listing(
            "Contacts", call.books.contacts, CONTACT_FIELDS, filters, lambda one, _: rendered_contact(one)
        ),
    )


def get_contact(call: Call, contact_id: str) -> Answer:
    return envelope(call, "Contacts", [rendered_contact(_known(call, contact_id))])


def write_contacts(call: Call) -> Answer:
    return write_all(call, _batch(call, None), call.elements("Contacts", "Contact"))


def write_one_contact(call: Call, contact_id: str) -> Answer:
    found = _known(call, contact_id)
    return write_all(call, _batch(call, found.item_id), call.elements("Contacts", "Contact")[:1])


def _batch(call: Call, contact_id: str | None) -> Batch:
    def one(row: dict[str, Any]) -> bytes:
        return rendered_contact(write(call, row, contact_id))

    return Batch("Contacts", "Contact", "ContactID", one)


def write(call: Call, row: dict[str, Any], contact_id: str | None) -> Contact:
    wanted = contact_id or row.get("ContactID")
    known = _known(call, str(wanted)) if wanted else _by_number(call, row)
    if known and known.status == "ARCHIVED" and row.get("ContactStatus") != "ACTIVE":
        raise Invalid(ARCHIVED)
    contact = replace(known, rendered={}) if known else Contact(new_id(), "")
    for name, value in details_in(row).items():
        setattr(contact, name, value)
    contact.status = str(row.get("ContactStatus") or contact.status)
    contact.addresses = row.get("Addresses", contact.addresses) or []
    contact.phones = row.get("Phones", contact.phones) or []
    if not contact.name.strip():
        raise Invalid("The contact name must be specified.")
    if contact.status == "ACTIVE" and _taken(call, contact):
        raise Invalid(TAKEN.format(name=contact.name))
    return keep(call, contact, known)


def keep(call: Call, contact: Contact, known: Contact | None) -> Contact:
    call.books.contacts.put(contact, to_ms(call.now))
    if known and known.name != contact.name:
        call.books.invoices.forget_rendered()
        call.books.credit_notes.forget_rendered()
    contact_changed(call.world, call.organisation, contact, "UPDATE" if known else "CREATE")
    return contact


def _known(call: Call, contact_id: str) -> Contact:
    found = call.books.contacts.get(contact_id)
    if found is None:
        raise NotFound
    return found


def _by_number(call: Call, row: dict[str, Any]) -> Contact | None:
    number = row.get("ContactNumber")
    if not number or call.method != "POST":
        return None
    return next((one for one in call.books.contacts if one.contact_number == number), None)


def _taken(call: Call, contact: Contact) -> bool:
    rows = (one for one in call.books.contacts if one.status == "ACTIVE" and one.item_id != contact.item_id)
    return any(one.name.lower() == contact.name.lower() for one in rows)
