"""A property manager at work: raising an invoice on the form, field by field."""

from tests.browser.people import Person


def raise_invoice(person: Person, company: str, *, reference: str) -> str:
    """Filled in, saved and approved; its number. The person is on its page afterwards."""
    person.open(f"/income-and-expenses/new/invoice/?company={company}")
    page = person.page
    page.get_by_label("Contact", exact=True).select_option(index=1)
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Description, line 1").fill("Rent while Xero was away")
    page.get_by_label("Account, line 1").select_option(index=1)
    page.get_by_label("Tax, line 1").select_option(index=1)
    page.get_by_label("Price, line 1").fill("1250.00")
    person.click("Save and approve")
    page.wait_for_url(lambda address: "/new/" not in address)
    return page.get_by_test_id("document-number").text_content() or ""
