"""Which contact a document names (docs/xero.md C): by id, by exact name, else a new one is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.errors import Invalid, NotFound
from xero_sandbox.accounting.model import Contact, Document
from xero_sandbox.state import new_id

ARCHIVED = (
    "The specified contact details matched an archived contact. "
    "Archived contacts cannot currently be edited via the API."
)
FIELDS = (
    ("Name", "name"),
    ("EmailAddress", "email"),
    ("FirstName", "first_name"),
    ("LastName", "last_name"),
    ("ContactNumber", "contact_number"),
    ("AccountNumber", "account_number"),
    ("TaxNumber", "tax_number"),
)


def details_in(row: dict[str, Any]) -> dict[str, str]:
    return {attribute: str(row[name] or "") for name, attribute in FIELDS if name in row}


def contact_for(call: Call, document: Document, given: dict[str, Any] | None) -> Contact:
    """The contact as it will be; a new or changed one enters the books with the document, once accepted.

    Fields that ride along with a ContactID change the contact (docs/xero.md C): send the id alone.
    """
    if not given:
        if not document.contact_id:
            raise Invalid("A Contact must be specified for this type of transaction")
        return call.books.contacts.by_id[document.contact_id]
    if wanted := given.get("ContactID"):
        found = call.books.contacts.get(str(wanted))
        if found is None:
            raise NotFound
    elif name := str(given.get("Name") or "").strip():
        found = by_name(call, name) or Contact(new_id(), name)
    else:
        raise Invalid("A Contact must be specified for this type of transaction")
    if found.status == "ARCHIVED" and found.item_id != document.contact_id:
        raise Invalid(ARCHIVED)
    details = details_in(given)
    changed = any(getattr(found, name) != value for name, value in details.items())
    return replace(found, rendered={}, **details) if changed else found  # type: ignore[arg-type]


def by_name(call: Call, name: str) -> Contact | None:
    rule = call.world.switches["contact_by_name"]
    if rule == "always_new":
        return None
    folded = name.lower() if rule == "case_insensitive" else name
    rows = [one for one in call.books.contacts if one.status != "GDPRREQUEST" and one.merged_to is None]
    rows = [one for one in rows if (one.name.lower() if rule == "case_insensitive" else one.name) == folded]
    return next((one for one in rows if one.status == "ACTIVE"), rows[0] if rows else None)
