"""What became of a create whose answer was lost: "not there" only where nothing at all could be ours."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from released.billing.models.kinds import Kind, Status
from sync.canonical import DocumentFields, Lines
from sync.deliveries.likeness import Sighting, Sought, sight
from sync.theirs import Amounts, TheirDocument
from tests.unit.sync.cast import RENT, but

SENT = Sought("credit_note", but(reference=""), "", "", Decimal("1250.00"))
XERO_ID = UUID("a1000000-0000-4000-8000-000000000001")
ELSEWHERE: dict[str, dict[str, Any]] = {
    "contact": {"contact": "c-2"},
    "date": {"date": date(2026, 9, 20)},
    "texts": {"lines": Lines("Exclusive", "GBP", (replace(RENT, description="Typed by hand"),))},
}


def there(total: str = "1250.00", fields: DocumentFields = SENT.fields) -> TheirDocument:
    zero = Decimal(0)
    amounts = Amounts(Decimal(total), zero, Decimal(total), zero, zero, Decimal(total))
    return TheirDocument(
        XERO_ID, Kind.CREDIT_NOTE, fields, Status.AUTHORISED, "CN-1", "Ada", "", amounts, (), ()
    )  # fmt: skip


def seen(one: TheirDocument, sought: Sought = SENT) -> Sighting:
    return sight(sought, [one], ())


def with_other(*names: str) -> DocumentFields:
    changed: dict[str, Any] = {}
    for name in names:
        changed |= ELSEWHERE[name]
    return replace(SENT.fields, **changed)


@pytest.mark.parametrize("total", ["1250.00", "1500.00"])
def test_it_is_found_by_what_it_says_however_xero_reckons_it(total: str) -> None:
    one = there(total)
    assert seen(one).found is one


@pytest.mark.parametrize(
    ("total", "changed"),
    [
        ("1250.00", ("texts", "date")),
        ("1500.00", ("texts",)),
        ("1500.00", ("date",)),
        ("1250.00", ("contact",)),
        ("1500.00", ("contact",)),
    ],
)
def test_what_could_be_ours_is_shown_to_a_person(total: str, changed: tuple[str, ...]) -> None:
    one = there(total, with_other(*changed))
    assert seen(one) == Sighting(candidates=(one,))


@pytest.mark.parametrize(
    ("total", "changed"),
    [("1500.00", ("texts", "date")), ("1250.00", ("contact", "texts")), ("1250.00", ("contact", "date"))],
)
def test_what_shares_next_to_nothing_is_another(total: str, changed: tuple[str, ...]) -> None:
    assert seen(there(total, with_other(*changed))) == Sighting()


def test_without_a_noted_total_any_is_alike() -> None:
    one = there("9.00", with_other("texts", "date"))
    assert seen(one, replace(SENT, total=None)) == Sighting(candidates=(one,))


def test_two_that_say_the_same_are_both_shown() -> None:
    first, second = there(), there("1500.00")
    assert sight(SENT, [first, second], ()).candidates == (first, second)
