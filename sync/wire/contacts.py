"""A contact of Xero's, read; and what we send of ours."""

from typing import Any
from uuid import UUID

from sync.canonical import ContactFields
from sync.theirs import TheirContact
from sync.wire.values import Record, UnreadableRecord, text_of, uuid_of, whole


@whole
def read_contact(record: Record) -> TheirContact:
    """Raises UnreadableRecord."""
    name = text_of(record, "Name", 255)
    if not name:
        raise UnreadableRecord("Name is missing")
    return TheirContact(
        xero_id=uuid_of(record, "ContactID"),
        fields=ContactFields(name=name, email=text_of(record, "EmailAddress", 254)),
        is_archived=str(record.get("ContactStatus") or "ACTIVE") != "ACTIVE",
        merged_to=uuid_of(record, "MergedToContactID") if record.get("MergedToContactID") else None,
    )


def contact_payload(fields: ContactFields, names: frozenset[str], xero_id: UUID | None) -> dict[str, Any]:
    """The named fields, and the id when Xero has the contact."""
    payload: dict[str, Any] = {"ContactID": str(xero_id)} if xero_id else {}
    if "name" in names:
        payload["Name"] = fields.name
    if "email" in names and (fields.email or xero_id):
        payload["EmailAddress"] = fields.email
    return payload
