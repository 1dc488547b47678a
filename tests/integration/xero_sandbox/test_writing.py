"""Creating and updating documents: totals, numbers, lines, batches, refusals (docs/xero.md C)."""

import pytest

from tests.integration.xero_sandbox.driver import App, credit_note, invoice, line, messages

ZERO_ID = "00000000-0000-0000-0000-000000000000"


@pytest.mark.fact("C21")
def test_tax_is_counted_per_line_and_then_summed(app: App) -> None:
    made = app.create(LineItems=[line(0.03), line(0.03), line(100, TaxType="RROUTPUT")])
    assert [row["TaxAmount"] for row in made["LineItems"]] == [0.01, 0.01, 5.0]
    assert (made["SubTotal"], made["TotalTax"], made["Total"]) == (100.06, 5.02, 105.08)
    assert (made["AmountDue"], made["AmountPaid"]) == (105.08, 0)


@pytest.mark.fact("C21")
@pytest.mark.parametrize(("types", "totals"), [("Inclusive", (100, 20, 120)), ("NoTax", (120, 0, 120))])
def test_amounts_may_include_tax_or_have_none(app: App, types: str, totals: tuple[float, ...]) -> None:
    made = app.create(LineAmountTypes=types, LineItems=[line(120)])
    assert (made["SubTotal"], made["TotalTax"], made["Total"]) == totals


@pytest.mark.fact("C27")
def test_discounts_are_for_sales_only(app: App) -> None:
    made = app.create(LineItems=[line(200, DiscountRate=10)])
    assert made["LineItems"][0]["LineAmount"] == 180
    bill = line(200, DiscountRate=10, AccountCode="473", TaxType="INPUT2")
    answer = app.call("PUT", "Invoices", invoice(Type="ACCPAY", LineItems=[bill]))
    assert answer.status == 400


@pytest.mark.fact("C4")
def test_four_places_when_asked_for(app: App) -> None:
    made = app.create(LineItems=[line(1.2345)])
    two = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    four = app.read(f"Invoices/{made['InvoiceID']}?unitdp=4")["Invoices"][0]
    assert (two["LineItems"][0]["UnitAmount"], four["LineItems"][0]["UnitAmount"]) == (1.23, 1.2345)


@pytest.mark.fact("C11", "C6")
def test_numbers_are_given_out_and_are_unique_on_sales_only(app: App) -> None:
    first = app.create()
    assert first["InvoiceNumber"].startswith("INV-00")
    answer = app.call("PUT", "Invoices", invoice(InvoiceNumber=first["InvoiceNumber"].lower()))
    assert messages(answer) == ["Invoice # must be unique."]
    costs = [line(5, AccountCode="473", TaxType="INPUT2")]
    bills = [app.create(Type="ACCPAY", InvoiceNumber="B-1", LineItems=costs) for _ in range(2)]
    assert bills[0]["InvoiceID"] != bills[1]["InvoiceID"]
    assert app.create("CreditNotes")["CreditNoteNumber"].startswith("CN-00")


@pytest.mark.fact("C6")
def test_posting_a_number_that_exists_updates_that_sale(app: App) -> None:
    first = app.create()
    changed = invoice(InvoiceNumber=first["InvoiceNumber"], Reference="again")
    [again] = app.call("POST", "Invoices", changed).json()["Invoices"]
    assert (again["InvoiceID"], again["Reference"]) == (first["InvoiceID"], "again")


@pytest.mark.fact("C13")
def test_supplied_lines_replace_and_a_known_id_keeps_the_rest(app: App) -> None:
    first = app.create(LineItems=[line(10), line(20, Description="Gone")])
    kept = first["LineItems"][0]["LineItemID"]
    body = {"LineItems": [{"LineItemID": kept, "UnitAmount": 15}, line(5)]}
    [again] = app.call("POST", f"Invoices/{first['InvoiceID']}", body).json()["Invoices"]
    assert [row["LineAmount"] for row in again["LineItems"]] == [15, 5]
    assert (again["LineItems"][0]["LineItemID"], again["LineItems"][0]["Description"]) == (kept, "Rent")
    assert again["Total"] == 24


@pytest.mark.fact("C13")
def test_leaving_lines_out_leaves_them_alone(app: App) -> None:
    first = app.create()
    [again] = app.call("POST", f"Invoices/{first['InvoiceID']}", {"Reference": "r"}).json()["Invoices"]
    assert again["LineItems"] == first["LineItems"]


@pytest.mark.fact("C8", "C27", "G3")
@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"Contact": None}, "A Contact must be specified for this type of transaction"),
        ({"LineItems": []}, "One or more line items must be specified"),
        (
            {"LineItems": [line(1, AccountCode="999")]},
            "Account code '999' is not a valid code for this document.",
        ),
        (
            {"LineItems": [line(1, TaxType="INPUT2")]},
            "The TaxType code 'INPUT2' cannot be used with account code '200'",
        ),
        ({"CurrencyCode": "EUR"}, "Organisation is not subscribed to currency EUR"),
        ({"Url": "https://xero.example/1"}, "Url must not contain the word xero"),
    ],
)
@pytest.mark.parametrize("kind", ["Invoices", "CreditNotes"])
def test_what_xero_refuses_it_refuses_in_its_words(
    app: App, kind: str, changes: dict[str, object], text: str
) -> None:
    made = invoice(**changes) if kind == "Invoices" else credit_note(**changes)
    answer = app.call("PUT", kind, {kind: [made]})
    body = answer.json()
    assert (answer.status, body["ErrorNumber"], body["Type"]) == (400, 10, "ValidationException")
    assert body["Message"] == "A validation exception occurred"
    assert text in messages(answer)


@pytest.mark.fact("C27")
def test_an_archived_account_is_not_a_valid_code(app: App) -> None:
    app.sandbox.control("archive-account", organisation=app.organisation_id, code="200")
    answer = app.call("PUT", "Invoices", invoice())
    assert messages(answer) == ["Account code '200' is not a valid code for this document."]


@pytest.mark.fact("C8")
def test_a_refused_element_echoes_what_was_asked_with_no_id(app: App) -> None:
    wrong = invoice(Reference="mine", LineItems=[line(1, AccountCode="999")])
    [element] = app.call("PUT", "Invoices", {"Invoices": [wrong, invoice()]}).json()["Elements"]
    assert (element["InvoiceID"], element["Reference"], element["HasErrors"]) == (ZERO_ID, "mine", True)
    assert "StatusAttributeString" not in element


@pytest.mark.fact("C34")
@pytest.mark.parametrize(("saves", "left"), [(False, 0), (True, 1)])
def test_whether_a_refused_batch_keeps_the_rest_is_unsettled(app: App, saves: bool, left: int) -> None:
    app.sandbox.switch(batch_refusal_saves_the_rest=saves)
    rows = [invoice(Contact={"Name": "Brand New"}), invoice(LineItems=[line(1, AccountCode="999")])]
    assert app.call("PUT", "Invoices", {"Invoices": rows}).status == 400
    assert len(app.read("Invoices?createdByMyApp=true")["Invoices"]) == left
    assert len(app.read("Contacts?searchTerm=brand%20new")["Contacts"]) == left


@pytest.mark.fact("C7")
def test_without_summary_each_element_has_its_status(app: App) -> None:
    rows = [invoice(), invoice(LineItems=[line(1, AccountCode="999")]), invoice(CurrencyCode="EUR")]
    answer = app.call("POST", "Invoices?summarizeErrors=false", {"Invoices": rows})
    found = answer.json()["Invoices"]
    assert answer.status == 200
    assert [row["StatusAttributeString"] for row in found] == ["OK", "ERROR", "ERROR"]
    assert (found[1]["InvoiceID"], found[1]["HasErrors"]) == (ZERO_ID, True)
    assert "StatusAttributeString" not in app.create()


@pytest.mark.fact("C9")
@pytest.mark.parametrize(("body", "number"), [(b"", 17), (b"{}", 17), (b"{", 14), (b'{"Invoices":[]}', 17)])
def test_bodies_without_sense_have_numbers_of_their_own(app: App, body: bytes, number: int) -> None:
    answer = app.call("POST", "Invoices", body)
    assert (answer.status, answer.json()["ErrorNumber"]) == (400, number)


@pytest.mark.fact("C9")
def test_no_data_is_said_with_xeros_misspelling(app: App) -> None:
    said = app.call("PUT", "CreditNotes", {}).json()["Message"]
    assert said.startswith(
        "No data has been processed for this endpoint. This endpoint is expecting CreditNote"
    )
    assert said.endswith("data to be specifed in the request body.")


@pytest.mark.fact("C8")
def test_a_refusal_leaves_no_trace(app: App) -> None:
    before = app.read("Contacts?pageSize=1&page=1")["pagination"]["itemCount"]
    app.call("PUT", "Invoices", invoice(Contact={"Name": "Nobody"}, CurrencyCode="EUR"))
    assert app.read("Contacts?pageSize=1&page=1")["pagination"]["itemCount"] == before


@pytest.mark.fact("C33")
def test_a_warning_does_not_stop_an_element(app: App) -> None:
    answer = app.call("PUT", "Invoices?summarizeErrors=false", invoice(CurrencyRate=1.7))
    [row] = answer.json()["Invoices"]
    assert (row["StatusAttributeString"], len(row["Warnings"])) == ("WARNING", 1)
    assert app.read(f"Invoices/{row['InvoiceID']}")["Invoices"][0]["Status"] == "AUTHORISED"
