"""What a person can do in Xero itself, done to the sandbox: each action is one function of the world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.contacts import TAKEN
from xero_sandbox.accounting.lines import replace_lines
from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.notify import contact_changed, document_changed
from xero_sandbox.accounting.numbering import renumber
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.accounting.totals import total_up
from xero_sandbox.clock import to_ms
from xero_sandbox.control.find import (
    connections_of,
    contact_of,
    document_of,
    organisation_of,
    refused,
    user_of,
)
from xero_sandbox.identity.access import disconnect
from xero_sandbox.state import World

Answer = dict[str, Any]
TEXTS = ("reference", "number", "status", "url", "currency", "line_amount_types", "contact_id")
DATES = ("date", "due_date", "planned_payment_date", "expected_payment_date")


def disconnect_app(world: World, asked: dict[str, Any]) -> Answer:
    rows = connections_of(world, asked)
    for row in rows:
        disconnect(world, row)
    return {"disconnected": [row.connection_id for row in rows]}


def remove_user(world: World, asked: dict[str, Any]) -> Answer:
    """Remove a user from one organisation, or from all when none is named."""
    user = user_of(world, asked)
    only = organisation_of(world, asked).organisation_id if asked.get("organisation") else None
    gone = [key for key in world.roles if key[0] == user.user_id and only in (None, key[1])]
    for key in gone:
        del world.roles[key]
    return {"removed_from": [world.organisations[org].name for _, org in gone]}


def set_role(world: World, asked: dict[str, Any]) -> Answer:
    role = str(asked.get("role", "READONLY")).upper()
    if role not in ("STANDARD", "ADVISER", "INVOICEONLY", "READONLY"):
        raise refused("role is STANDARD, ADVISER, INVOICEONLY or READONLY.")
    user, organisation = user_of(world, asked), organisation_of(world, asked)
    world.roles[(user.user_id, organisation.organisation_id)] = role
    return {"role": role}


def end_access(world: World, asked: dict[str, Any]) -> Answer:
    """End the trial, delete or reset an organisation; `reason` null gives it back."""
    organisation = organisation_of(world, asked)
    organisation.access_ended = asked.get("reason", "trial ended")
    return {"access_ended": organisation.access_ended}


def set_lock_dates(world: World, asked: dict[str, Any]) -> Answer:
    organisation = organisation_of(world, asked)
    for name in ("period_lock_date", "year_lock_date"):
        if name in asked:
            setattr(organisation, name, date.fromisoformat(asked[name]) if asked[name] else None)
    return {
        "period_lock_date": str(organisation.period_lock_date),
        "year_lock_date": str(organisation.year_lock_date),
    }


def set_offline(world: World, asked: dict[str, Any]) -> Answer:
    organisation = organisation_of(world, asked)
    organisation.offline = bool(asked.get("offline", True))
    return {"offline": organisation.offline}


def set_class(world: World, asked: dict[str, Any]) -> Answer:
    organisation = organisation_of(world, asked)
    organisation.organisation_class = str(asked.get("class", "GROW"))
    return {"class": organisation.organisation_class}


def archive_account(world: World, asked: dict[str, Any]) -> Answer:
    organisation = organisation_of(world, asked)
    account = organisation.books.accounts.get(str(asked.get("code", "")))
    if account is None:
        raise refused("No such account code.")
    account.status = "ACTIVE" if asked.get("restore") else "ARCHIVED"
    account.updated_ms = to_ms(world.clock.now())
    return {"code": account.code, "status": account.status}


def edit_contact(world: World, asked: dict[str, Any]) -> Answer:
    """Archive, restore, rename or merge a contact as a person does in Xero."""
    organisation = organisation_of(world, asked)
    contact = contact_of(organisation, asked)
    name = asked.get("name")
    if name and any(one.name == name and one.status == "ACTIVE" for one in organisation.books.contacts):
        raise refused(TAKEN.format(name=name))
    contact.name = name or contact.name
    contact.email = asked.get("email", contact.email)
    contact.status = asked.get("status", contact.status)
    if into := asked.get("merge_into"):
        _merge(world, organisation, contact.item_id, contact_of(organisation, {"contact": into}).item_id)
        contact.merged_to, contact.status = contact_of(organisation, {"contact": into}).item_id, "ARCHIVED"
    organisation.books.contacts.put(contact, to_ms(world.clock.now()))
    organisation.books.invoices.forget_rendered()
    organisation.books.credit_notes.forget_rendered()
    contact_changed(world, organisation, contact, "UPDATE")
    return {"contact_id": contact.item_id, "name": contact.name, "status": contact.status}


def _merge(world: World, organisation: Organisation, old: str, new: str) -> None:
    for ledger in (organisation.books.invoices, organisation.books.credit_notes):
        for document in [one for one in ledger if one.contact_id == old]:
            document.contact_id = new
            ledger.put(document, to_ms(world.clock.now()))


def edit_document(world: World, asked: dict[str, Any]) -> Answer:
    """Change what is under `set`; `touch: false` leaves UpdatedDateUTC alone, as some of Xero's edits do."""
    organisation, document = document_of(world, asked)
    changes = dict(asked.get("set") or {})
    lines = changes.pop("lines", None)
    if unknown := set(changes) - {*TEXTS, *DATES, "total"}:
        raise refused(f"A document has no {sorted(unknown)}.")
    if "number" in changes:
        renumber(organisation.books, document, str(changes["number"]))
    for name in TEXTS:
        setattr(document, name, changes.get(name, getattr(document, name)))
    for name in DATES:
        if name in changes:
            setattr(document, name, date.fromisoformat(changes[name]) if changes[name] else None)
    if lines is not None:
        replace_lines(organisation.books, document, lines)
        total_up(document)
    if "total" in changes:
        _set_total(document, Decimal(str(changes["total"])))
    keep(world, organisation, document, touch=bool(asked.get("touch", True)))
    return {"id": document.item_id, "status": document.status}


def _set_total(document: Document, total: Decimal) -> None:
    """Scale nothing: put the difference on the first line, so that the lines still add up."""
    difference = total - document.total
    line = document.lines[0]
    line.line_amount += difference
    line.unit_amount = line.line_amount / (line.quantity or Decimal(1))
    total_up(document)


def keep(world: World, organisation: Organisation, document: Document, *, touch: bool = True) -> None:
    ledger = organisation.books.ledger(document.kind)
    if touch:
        ledger.put(document, to_ms(world.clock.now()))
        document_changed(world, organisation, document, "UPDATE")
    else:
        ledger.changed(document)
