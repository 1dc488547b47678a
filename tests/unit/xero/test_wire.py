"""Reading envelopes: lenient with records, strict about the answer itself."""

from datetime import datetime, timedelta, timezone

import pytest

from integrations.xero import connections, wire

ID = "0b4b1a3e-6f6e-4c5e-9a31-0d8f1d2f7c11"


@pytest.mark.parametrize(
    ("endpoint", "collection"),
    [
        ("Invoices", "Invoices"),
        (f"Invoices/{ID}", "Invoices"),
        (f"CreditNotes/{ID}/Allocations", "Allocations"),
        (f"CreditNotes/{ID}/Allocations/{ID.upper()}", "Allocations"),
        ("Organisation", "Organisations"),
        (f"Invoices/{ID}/History", "HistoryRecords"),
        ("TaxRates", "TaxRates"),
    ],
)
def test_the_collection_follows_from_the_path(endpoint: str, collection: str) -> None:
    assert wire.collection_of(endpoint) == collection


def test_odd_records_stay_in_their_page() -> None:
    content = {"pagination": {"itemCount": 3, "pageCount": 1}, "Invoices": [{"InvoiceID": ID}, None, "odd"]}
    page = wire.page(content, "Invoices", 10)
    assert page.records == [{"InvoiceID": ID}, None, "odd"]
    assert (page.item_count, page.page_count, page.size) == (3, 1, 10)


@pytest.mark.parametrize("pagination", [None, [], {"itemCount": "3"}, {}])
def test_a_count_that_is_none_is_not_made_up(pagination: object) -> None:
    assert wire.page({"pagination": pagination, "Invoices": []}, "Invoices", 0).item_count is None


@pytest.mark.parametrize("content", [[], {}, {"Invoices": None}, {"Invoices": {}}, {"CreditNotes": []}, None])
def test_an_answer_without_its_list_is_never_an_empty_list(content: object) -> None:
    with pytest.raises(wire.Unexpected):
        wire.records(content, "Invoices")


def test_a_moment_is_asked_for_in_utc_to_the_second() -> None:
    moment = datetime(2026, 11, 22, 1, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
    assert wire.modified_since(moment) == "2026-11-21T23:30:15"


class TestTheListOfConnections:
    ROW = {
        "id": ID,
        "tenantId": ID,
        "tenantType": "ORGANISATION",
        "tenantName": "Harbour View Ltd",
        "authEventId": ID,
        "createdDateUtc": "2019-12-07T18:46:19.5165400",
        "updatedDateUtc": "soon",
    }

    def test_is_read_with_its_seven_digits(self) -> None:
        (row,) = connections.read([self.ROW])
        assert row.created_at is not None
        assert row.created_at.isoformat() == "2019-12-07T18:46:19.516540+00:00"
        assert row.updated_at is None

    def test_leaves_out_practices(self) -> None:
        found = connections.read([self.ROW | {"tenantType": "PRACTICEMANAGER"}])
        assert (len(found), found.is_complete) == (0, True)

    @pytest.mark.parametrize("odd", [None, 1, {}, {"id": "x"}, {"id": ID, "tenantId": None}])
    def test_says_when_a_row_cannot_be_read(self, odd: object) -> None:
        found = connections.read([self.ROW, odd])
        assert (len(found), found.is_complete) == (1, False)
