"""No shape that a record of Xero's may have gets past its reader as anything but UnreadableRecord."""

from decimal import Decimal
from typing import Any

import pytest

from sync.deliveries.contents import content_of
from sync.deliveries.matching import messages_of
from sync.wire.contacts import read_contact
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord, stamp_of
from tests.unit.sync.test_wire import XERO_ID, record

BEYOND = "/Date(99999999999999999)/"
LONG = f"/Date({'9' * 5000})/"
NOTE = {"Type": "ACCRECCREDIT", "CreditNoteID": str(XERO_ID)}


@pytest.mark.parametrize(
    "odd",
    [
        {"Contact": "Ada"},
        {"Contact": ["Ada"]},
        {"Date": BEYOND},
        {"DueDate": "/Date(253402300800000+0000)/"},
        {"Date": LONG},
        {"LineItems": [{"DiscountRate": Decimal(1000)}]},
        {"LineItems": [{"DiscountRate": Decimal("-999.99999")}]},
        NOTE | {"Allocations": [{"Amount": 5, "Invoice": "INV-1"}]},
    ],
)
def test_it_is_unreadable_and_nothing_else(odd: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecord):
        read_document(record(**odd))


@pytest.mark.parametrize("odd", ["Ada", None, 5])
def test_a_contact_that_is_no_object_is_unreadable(odd: Any) -> None:
    with pytest.raises(UnreadableRecord):
        read_contact(odd)


def test_a_whole_discount_is_read() -> None:
    theirs = read_document(record(LineItems=[{"DiscountRate": Decimal(100)}]))
    assert theirs.fields.lines.items[0].discount_rate == Decimal(100)


@pytest.mark.parametrize("odd", [BEYOND, LONG, "/Date(-62135596800000)/", "0001-01-01T00:00:00"])
def test_a_stamp_that_leads_nowhere_is_none(odd: str) -> None:
    assert stamp_of({"UpdatedDateUTC": odd}) is None


@pytest.mark.parametrize("odd", [5, "text", {"a": 1}, [None]])
def test_an_answer_with_odd_lists_is_still_told_apart(odd: Any) -> None:
    assert content_of({"LineItems": odd})["lines"] == "0"
    assert messages_of({"ValidationErrors": odd, "HasErrors": True}) == ["Xero gave no reason."]
