"""Rows written by COPY are what an INSERT would have written, and belong to the caller's transaction."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from released.billing.models import Document, LineItem
from released.copying import as_json, copy_rows, take_ids
from tests.factories import billing

COLUMNS = ("document_id", "key", "position", "description", "quantity", "unit_amount", "discount_rate",
           "account_code", "tax_type", "tracking", "line_amount", "tax_amount")  # fmt: skip
Row = tuple[Any, ...]
KEY = "a1000000-0000-4000-8000-000000000009"
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


def row(
    document: Document, description: str = "Rent", tracking: Any = (), rate: Any = None
) -> tuple[Any, ...]:
    return (document.pk, KEY, 7, description, Decimal("1.0000"), Decimal("12.3450"), rate, "200", "OUTPUT2",
            as_json(tracking), Decimal("12.35"), Decimal(0))  # fmt: skip


class TestText(TestCase):
    """Whatever a person wrote in Xero, tabs and backslashes included."""

    def setUp(self) -> None:
        self.document = billing.document()

    @given(texts)
    def test_any_text_arrives_as_it_was(self, text: str) -> None:
        LineItem.objects.filter(key=KEY).delete()
        copy_rows(LineItem, COLUMNS, [row(self.document, text, [{"category": text, "option": "\\N"}])])
        found = LineItem.objects.get(key=KEY)
        assert (found.description, found.tracking[0]["category"]) == (text, text)
        assert (found.unit_amount, found.discount_rate) == (Decimal("12.345"), None)


@pytest.mark.django_db
def test_constraints_hold_and_nothing_of_the_rows_stays() -> None:
    document = billing.document()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(LineItem, COLUMNS, [row(document), row(document)])
    with pytest.raises(DataError), transaction.atomic():
        copy_rows(LineItem, COLUMNS, [row(document, "x" * 4001)])
    assert not LineItem.objects.filter(key=KEY).exists()


@pytest.mark.django_db
def test_ids_that_were_taken_are_never_given_again() -> None:
    taken = take_ids(Document, 3)
    assert len(set(taken)) == 3
    assert billing.document().pk > max(taken)
