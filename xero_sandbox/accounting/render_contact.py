"""How a contact looks: whole, and as the stub inside a document (docs/xero.md C)."""

from __future__ import annotations

from typing import Any

import msgspec

from xero_sandbox.accounting.dates import iso_stamp, ms_stamp
from xero_sandbox.accounting.model import Contact
from xero_sandbox.http import encode


def rendered_contact(contact: Contact) -> bytes:
    if "full" not in contact.rendered:
        contact.rendered["full"] = encode(contact_fields(contact))
    return contact.rendered["full"]


def contact_fields(contact: Contact) -> dict[str, Any]:
    found: dict[str, Any] = {"ContactID": contact.item_id}
    optional = (
        ("ContactNumber", contact.contact_number),
        ("AccountNumber", contact.account_number),
        ("TaxNumber", contact.tax_number),
    )
    found |= {name: value for name, value in optional if value}
    found |= {"ContactStatus": contact.status, "Name": contact.name}
    names = (
        ("FirstName", contact.first_name),
        ("LastName", contact.last_name),
        ("MergedToContactID", contact.merged_to),
    )
    found |= {name: value for name, value in names if value}
    return found | {
        "EmailAddress": contact.email,
        "BankAccountDetails": "",
        "Addresses": contact.addresses,
        "Phones": contact.phones,
        "UpdatedDateUTC": ms_stamp(contact.updated_ms),
        "UpdatedDateUTCString": iso_stamp(contact.updated_ms),
        "ContactGroups": [],
        "IsSupplier": contact.is_supplier,
        "IsCustomer": contact.is_customer,
        "ContactPersons": [],
        "HasAttachments": False,
        "HasValidationErrors": False,
    }


def rendered_stub(contact: Contact) -> msgspec.Raw:
    """Bytes that many documents share."""
    if "stub" not in contact.rendered:
        contact.rendered["stub"] = encode(contact_stub(contact))
    return msgspec.Raw(contact.rendered["stub"])


def contact_stub(contact: Contact) -> dict[str, Any]:
    found: dict[str, Any] = {"ContactID": contact.item_id, "Name": contact.name}
    lists = ("Addresses", "Phones", "ContactGroups", "ContactPersons")
    return found | {name: [] for name in lists} | {"HasValidationErrors": False}
