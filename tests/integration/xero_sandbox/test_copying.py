"""What somebody copies in Xero is a new document, and no app made it."""

from tests.integration.xero_sandbox.driver import HARBOUR, App


def test_a_copy_is_approved_unpaid_and_has_a_number_of_its_own(app: App) -> None:
    made = app.create(Url="http://localhost/d/1", Reference="Flat 4")
    app.sandbox.control("record-payment", organisation=HARBOUR, document=made["InvoiceID"], amount=10)
    asked = {"organisation": HARBOUR, "document": made["InvoiceID"], "set": {"reference": "By hand"}}
    copied = app.sandbox.control("copy-document", **asked)
    found = app.read(f"Invoices/{copied['id']}")["Invoices"][0]
    assert found["InvoiceID"] != made["InvoiceID"]
    assert found["InvoiceNumber"] != made["InvoiceNumber"]
    assert (found["Status"], found["Reference"], found.get("Url", "")) == ("AUTHORISED", "By hand", "")
    assert (found["Total"], found["AmountDue"], found["AmountPaid"]) == (made["Total"], made["Total"], 0)
    lines = {line["LineItemID"] for line in found["LineItems"]}
    assert not lines & {line["LineItemID"] for line in made["LineItems"]}
