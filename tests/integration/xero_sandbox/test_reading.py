"""Reading lists: envelopes, pages, filters, order, If-Modified-Since (docs/xero.md C)."""

import re
from urllib.parse import quote

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, App

MS = re.compile(r"^/Date\(\d+\+0000\)/$")
STUB = {"ContactID", "Name", "Addresses", "Phones", "ContactGroups", "ContactPersons", "HasValidationErrors"}


def where(text: str) -> str:
    return f"Invoices?page=1&pageSize=1000&where={quote(text)}"


@pytest.mark.fact("C2")
def test_an_answer_comes_in_an_envelope_whose_id_is_the_correlation_id(app: App) -> None:
    answer = app.call("GET", "Invoices?page=1&pageSize=2")
    body = answer.json()
    assert list(body) == ["Id", "Status", "ProviderName", "DateTimeUTC", "pagination", "Invoices"]
    assert body["pagination"] == {"page": 1, "pageSize": 2, "pageCount": 30, "itemCount": 60}
    assert body["Id"] == answer.headers["Xero-Correlation-Id"]
    assert re.match(r"^/Date\(\d+\)/$", body["DateTimeUTC"])


@pytest.mark.fact("C4")
@pytest.mark.parametrize(("asked", "given"), [("0", 1), ("5000", 1000), ("x", 100)])
def test_a_page_size_out_of_range_is_clamped(app: App, asked: str, given: int) -> None:
    assert app.read(f"Invoices?page=1&pageSize={asked}")["pagination"]["pageSize"] == given


@pytest.mark.fact("C4")
def test_a_page_beyond_the_end_is_empty(app: App) -> None:
    assert app.read("Invoices?page=99")["Invoices"] == []


@pytest.mark.fact("C24")
def test_without_a_page_there_are_no_line_items_and_no_pagination(app: App) -> None:
    body = app.read("Invoices")
    assert "pagination" not in body
    assert len(body["Invoices"]) == 60
    assert all(one["LineItems"] == [] for one in body["Invoices"])


@pytest.mark.fact("C24", "C3")
def test_a_page_has_lines_and_a_contact_stub(app: App) -> None:
    one = app.read("Invoices?page=1&pageSize=1")["Invoices"][0]
    assert set(one["Contact"]) == STUB
    assert one["LineItems"][0]["LineItemID"]
    assert MS.match(one["Date"])
    assert one["DateString"].endswith("T00:00:00")
    assert one["UpdatedDateUTCString"].endswith("Z")
    assert None not in one.values()


@pytest.mark.fact("C24")
def test_by_id_there_is_the_whole_contact(app: App) -> None:
    listed = app.read("Invoices?page=1&pageSize=1")["Invoices"][0]
    one = app.read(f"Invoices/{listed['InvoiceID']}")["Invoices"][0]
    assert "ContactStatus" in one["Contact"]
    assert one["Attachments"] == []
    assert app.read(f"Invoices/{listed['InvoiceNumber']}")["Invoices"][0] == one


@pytest.mark.fact("C24")
def test_a_summary_is_paged_and_has_no_lines(app: App) -> None:
    body = app.read("Invoices?summaryOnly=True")
    assert body["pagination"]["pageSize"] == 100
    assert not {"LineItems", "Payments", "HasAttachments"} & set(body["Invoices"][0])


@pytest.mark.fact("C4")
def test_the_default_order_is_by_stamp_and_id(app: App) -> None:
    rows = app.read("Invoices?page=1&pageSize=1000")["Invoices"]
    assert rows == sorted(rows, key=lambda row: (row["UpdatedDateUTC"], row["InvoiceID"]))


@pytest.mark.fact("C4")
def test_order_can_be_asked_for(app: App) -> None:
    totals = [row["Total"] for row in app.read("Invoices?page=1&order=Total%20DESC")["Invoices"]]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.fact("C23")
@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('Type=="ACCPAY"', "Type", "ACCPAY"),
        ('type == "accpay" AND Status=="PAID"', "Status", "PAID"),
        ('Status=="DRAFT" || Status=="DRAFT"', "Status", "DRAFT"),
        ("AmountDue==0", "AmountDue", 0),
        ('Contact.Name=="bayside club"', "Reference", None),
    ],
)
def test_where_filters(app: App, text: str, field: str, value: object) -> None:
    rows = app.read(where(text))["Invoices"]
    assert rows
    assert len(rows) < 60
    assert value is None or {row[field] for row in rows} == {value}


@pytest.mark.fact("C23")
def test_where_knows_guids_and_dates(app: App) -> None:
    one = app.create(Date="2026-01-31")
    contact = one["Contact"]["ContactID"]
    by_contact = app.read(where(f'Contact.ContactID==Guid("{contact}")'))["Invoices"]
    by_date = app.read(where("Date>=DateTime(2026,01,31) && Date<DateTime(2026,02,01)"))["Invoices"]
    assert [row["InvoiceID"] for row in by_contact] == [one["InvoiceID"]]
    assert one["InvoiceID"] in {row["InvoiceID"] for row in by_date}


@pytest.mark.fact("C9", "C23")
@pytest.mark.parametrize("text", ["Status==", 'Nonsense=="x"', '(Status=="DRAFT"', "Status @ 3", "Date>3"])
def test_where_that_cannot_be_read_is_number_16(app: App, text: str) -> None:
    answer = app.call("GET", where(text))
    assert answer.status == 400
    assert (answer.json()["ErrorNumber"], answer.json()["Type"]) == (16, "QueryParseException")


@pytest.mark.fact("C9")
def test_where_that_stops_short_says_expression_expected(app: App) -> None:
    assert app.call("GET", where("Status==")).json()["Message"] == "Expression expected"


@pytest.mark.fact("C4")
def test_lists_of_values_filter_invoices(app: App) -> None:
    made = [app.create(Reference=f"csv {place}") for place in range(2)]
    ids = ",".join(one["InvoiceID"] for one in made)
    numbers = made[0]["InvoiceNumber"]
    assert len(app.read(f"Invoices?IDs={ids}")["Invoices"]) == 2
    assert len(app.read(f"Invoices?InvoiceNumbers={numbers}")["Invoices"]) == 1
    assert len(app.read("Invoices?createdByMyApp=True")["Invoices"]) == 2
    assert len(app.read("Invoices?searchTerm=csv")["Invoices"]) == 2
    assert {row["Status"] for row in app.read("Invoices?Statuses=DRAFT,PAID")["Invoices"]} == {
        "DRAFT",
        "PAID",
    }


@pytest.mark.fact("C4", "C22")
def test_modified_since_is_cut_to_the_second_and_its_edge_is_unsettled(app: App) -> None:
    one = app.create()
    since = one["UpdatedDateUTCString"].removesuffix("Z") + ".999999+00:00"
    app.sandbox.switch(modified_since_boundary="inclusive")
    assert app.read("Invoices", If_Modified_Since=since)["Invoices"]
    app.sandbox.switch(modified_since_boundary="exclusive")
    assert app.read("Invoices", If_Modified_Since=since)["Invoices"] == []
    app.sandbox.switch(modified_since_empty=304)
    assert app.call("GET", "Invoices", If_Modified_Since=since).status == 304


@pytest.mark.fact("C5")
def test_an_edit_may_leave_the_stamp_alone(app: App) -> None:
    one = app.create()
    app.sandbox.control(
        "edit-document", document=one["InvoiceID"], set={"due_date": "2027-01-01"}, touch=False
    )
    again = app.read(f"Invoices/{one['InvoiceID']}")["Invoices"][0]
    assert again["DueDateString"] == "2027-01-01T00:00:00"
    assert again["UpdatedDateUTC"] == one["UpdatedDateUTC"]


@pytest.mark.fact("C32")
@pytest.mark.parametrize(("lists", "count"), [(True, 1), (False, 0)])
def test_whether_a_list_holds_the_voided_is_unsettled(app: App, lists: bool, count: int) -> None:
    app.sandbox.switch(lists_deleted_and_voided=lists)
    one = app.create()
    app.sandbox.control("void-document", document=one["InvoiceID"])
    assert len(app.read("Invoices?createdByMyApp=true")["Invoices"]) == count
    assert len(app.read("Invoices?createdByMyApp=true&Statuses=VOIDED")["Invoices"]) == 1


@pytest.mark.fact("C16", "C26")
def test_the_settings_of_an_organisation_can_be_read(app: App) -> None:
    organisation = app.read("Organisation")["Organisations"][0]
    assert (organisation["Name"], organisation["OrganisationID"]) == (HARBOUR, app.organisation_id)
    assert (organisation["Class"], organisation["BaseCurrency"]) == ("GROW", "GBP")
    assert "PeriodLockDate" not in organisation
    codes = {row["Code"]: row for row in app.read("Accounts")["Accounts"]}
    assert codes["200"]["TaxType"] == "OUTPUT2"
    rates = {row["TaxType"]: row["EffectiveRate"] for row in app.read("TaxRates")["TaxRates"]}
    assert (rates["OUTPUT2"], rates["RROUTPUT"], rates["NONE"]) == (20, 5, 0)
    assert len(app.read("TrackingCategories")["TrackingCategories"]) == 2


@pytest.mark.fact("C1")
def test_a_caller_that_does_not_ask_for_json_gets_xml(app: App) -> None:
    answer = app.call("GET", "Organisation", Accept="*/*")
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert b"<Organisations><Organisation><Name>" in answer.data


@pytest.mark.fact("C19")
def test_what_is_not_there_is_a_line_of_html(app: App) -> None:
    answer = app.call("GET", "Invoices/11111111-1111-4111-8111-111111111111")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert answer.data == b"The resource you're looking for cannot be found"


@pytest.mark.fact("C35")
def test_the_style_of_2020_is_a_switch(app: App) -> None:
    app.sandbox.switch(indented_json=True, escaped_slashes=True)
    raw = app.call("GET", "Organisation").data
    assert b'\r\n  "Status": "OK"' in raw
    assert rb"\/Date(" in raw
