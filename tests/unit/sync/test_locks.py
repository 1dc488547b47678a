"""Which fields Xero takes no change of, by what was paid or credited (docs/xero.md C12, C28)."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from released.billing.models import Kind, Status
from sync.locks import locked_in
from sync.theirs import Amounts, TheirDocument
from tests.unit.sync.cast import INVOICE

ZERO = Decimal(0)
EVERYTHING = {"contact", "date", "due_date", "reference", "lines", "is_alive"}


def theirs(kind: Kind, status: Status, *, paid: str = "0", credited: str = "0") -> TheirDocument:
    amounts = Amounts(ZERO, ZERO, Decimal(100), Decimal(paid), Decimal(credited), ZERO)
    made = TheirDocument(uuid4(), kind, INVOICE, status, "1", "Ann", "", amounts, (), ())
    return replace(made, fields=replace(INVOICE, is_alive=status in (Status.AUTHORISED, Status.PAID)))


@pytest.mark.parametrize(
    ("there", "locked"),
    [
        (theirs(Kind.INVOICE, Status.AUTHORISED), set()),
        (theirs(Kind.INVOICE, Status.AUTHORISED, paid="5"), EVERYTHING),
        (theirs(Kind.INVOICE, Status.AUTHORISED, credited="5"), EVERYTHING),
        (theirs(Kind.INVOICE, Status.PAID), EVERYTHING),
        (theirs(Kind.CREDIT_NOTE, Status.AUTHORISED, credited="5"), EVERYTHING),
        (theirs(Kind.BILL, Status.PAID, paid="100"), EVERYTHING - {"reference", "due_date"}),
        (theirs(Kind.INVOICE, Status.VOIDED, paid="5"), set()),
    ],
)
def test_what_is_settled_is_locked(there: TheirDocument, locked: set[str]) -> None:
    assert locked_in(there) == locked
