"""What a line says of its discount: what was removed here goes as none, what we don't keep goes back."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from released.billing.models.kinds import Kind
from sync.wire.discounts import Discount, discount_of, discounts_in
from sync.wire.outgoing import Outgoing, document_payload
from tests.unit.sync.cast import INVOICE
from tests.unit.sync.test_wire import XERO_ID

TEN, NONE = Decimal(10), Decimal(0)


@pytest.mark.fact("C37")
@pytest.mark.parametrize(
    ("ours", "there", "said"),
    [
        (None, None, {}),
        (TEN, None, {"DiscountRate": TEN}),
        (TEN, Discount(Decimal(5), NONE), {"DiscountRate": TEN}),
        (TEN, Discount(NONE, Decimal(5)), {"DiscountRate": TEN}),
        (None, Discount(TEN, NONE), {"DiscountRate": NONE}),
        (NONE, Discount(TEN, NONE), {"DiscountRate": NONE}),
        (None, Discount(TEN, Decimal(12)), {"DiscountRate": NONE}),
        (None, Discount(NONE, Decimal("7.50")), {"DiscountAmount": Decimal("7.50")}),
    ],
)
def test_what_a_line_says(ours: Decimal | None, there: Discount | None, said: dict[str, Decimal]) -> None:
    assert discount_of(ours, there) == said


def test_discounts_are_read_by_line_and_odd_ones_left() -> None:
    lines: list[Any] = [
        {"LineItemID": "l-1", "DiscountRate": TEN},
        {"LineItemID": "l-2", "DiscountAmount": Decimal("7.5")},
        {"LineItemID": "l-3", "DiscountRate": NONE},
        {"LineItemID": "l-4"},
        {"LineItemID": "l-5", "DiscountRate": "many"},
        None,
    ]
    found = discounts_in([{"LineItems": lines}, {"LineItems": None}, {}, "odd", None])
    assert found == {"l-1": Discount(TEN, NONE), "l-2": Discount(NONE, Decimal("7.5"))}


def test_only_lines_that_xero_has_carry_a_discount_of_its() -> None:
    items = INVOICE.lines.items
    lines = replace(INVOICE.lines, items=(*items, *items))
    sent = Outgoing(
        Kind.INVOICE,
        replace(INVOICE, lines=lines),
        frozenset({"lines"}),
        xero_id=XERO_ID,
        line_keys=("k", "new"),
        line_ids={"k": "l-1"},
        discounts={"l-1": Discount(NONE, Decimal("7.50"))},
    )
    first, new = document_payload(sent)["LineItems"]
    assert (str(first["DiscountAmount"]), "DiscountAmount" in new) == ("7.5", False)
    assert "DiscountRate" not in first
