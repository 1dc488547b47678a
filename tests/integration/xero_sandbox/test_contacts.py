"""Contacts: unique while active, closed when archived, found by name or made (docs/xero.md C)."""

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, App, invoice, messages

TAKEN = (
    "The contact name Bayside Club is already assigned to another contact. "
    "The contact name must be unique across all active contacts."
)
ARCHIVED = (
    "The specified contact details matched an archived contact. "
    "Archived contacts cannot currently be edited via the API."
)


@pytest.mark.fact("C17", "C29")
def test_a_name_is_unique_among_active_contacts(app: App) -> None:
    assert messages(app.call("PUT", "Contacts", {"Contacts": [{"Name": "Bayside Club"}]})) == [TAKEN]
    app.sandbox.control("edit-contact", organisation=HARBOUR, contact="Bayside Club", status="ARCHIVED")
    assert app.call("PUT", "Contacts", {"Contacts": [{"Name": "Bayside Club"}]}).status == 200


@pytest.mark.fact("C29")
def test_an_archived_contact_takes_no_documents_and_no_edits(app: App) -> None:
    made = app.create()
    contact = made["Contact"]["ContactID"]
    app.sandbox.control("edit-contact", organisation=HARBOUR, contact=contact, status="ARCHIVED")
    assert messages(app.call("PUT", "Invoices", invoice(Contact={"ContactID": contact}))) == [ARCHIVED]
    assert messages(app.call("POST", f"Contacts/{contact}", {"EmailAddress": "a@b.example"})) == [ARCHIVED]


@pytest.mark.fact("C29")
def test_archived_contacts_are_listed_when_asked_for(app: App) -> None:
    app.sandbox.control("edit-contact", organisation=HARBOUR, contact="Bayside Club", status="ARCHIVED")
    assert len(app.read("Contacts")["Contacts"]) == 10
    assert len(app.read("Contacts?includeArchived=True")["Contacts"]) == 11


@pytest.mark.fact("C19", "C29")
def test_an_unknown_contact_id_is_not_found(app: App) -> None:
    unknown = {"ContactID": "11111111-1111-4111-8111-111111111111"}
    assert app.call("PUT", "Invoices", invoice(Contact=unknown)).status == 404


@pytest.mark.fact("C36")
@pytest.mark.parametrize(
    ("rule", "name", "same"),
    [
        ("exact", "Ada Lessee", True),
        ("exact", "ada lessee", False),
        ("case_insensitive", "ada lessee", True),
        ("always_new", "Ada Lessee", False),
    ],
)
def test_how_a_name_finds_a_contact_is_unsettled(app: App, rule: str, name: str, same: bool) -> None:
    app.sandbox.switch(contact_by_name=rule)
    first = app.create()["Contact"]["ContactID"]
    second = app.create(Contact={"Name": name})["Contact"]["ContactID"]
    assert (first == second) is same


@pytest.mark.fact("C17")
def test_details_that_ride_along_with_an_id_change_the_contact(app: App) -> None:
    contact = app.create()["Contact"]["ContactID"]
    app.create(Contact={"ContactID": contact, "Name": "Ada Renamed"})
    assert app.read(f"Contacts/{contact}")["Contacts"][0]["Name"] == "Ada Renamed"
    rows = app.read("Invoices?page=1&createdByMyApp=true")["Invoices"]
    assert {row["Contact"]["Name"] for row in rows} == {"Ada Renamed"}


@pytest.mark.fact("C29")
def test_a_merged_contact_hands_its_documents_over(app: App) -> None:
    made = app.create()
    merged = made["Contact"]["ContactID"]
    app.sandbox.control("edit-contact", organisation=HARBOUR, contact=merged, merge_into="Bayside Club")
    again = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    old = app.read(f"Contacts/{merged}")["Contacts"][0]
    assert again["Contact"]["Name"] == "Bayside Club"
    assert old["MergedToContactID"] == again["Contact"]["ContactID"]


@pytest.mark.fact("C5")
def test_a_customer_is_who_was_invoiced_and_that_is_not_stamped(app: App) -> None:
    [contact] = app.call("PUT", "Contacts", {"Contacts": [{"Name": "New"}]}).json()["Contacts"]
    assert (contact["IsCustomer"], contact["IsSupplier"]) == (False, False)
    app.create(Contact={"ContactID": contact["ContactID"]})
    again = app.read(f"Contacts/{contact['ContactID']}")["Contacts"][0]
    assert again["IsCustomer"] is True
    assert again["UpdatedDateUTC"] == contact["UpdatedDateUTC"]
