"""What may be done to a document, by table: kind, status and what is settled."""

from decimal import Decimal

import pytest

from released.billing.actions import Actions, offered
from released.billing.editing import Extent, Facts, editable
from released.billing.models.kinds import Kind, Status

INVOICE, BILL = Kind.INVOICE, Kind.BILL
ALL, SOME, NOTHING = Extent.ALL, Extent.REFERENCE_AND_DUE_DATE, Extent.NOTHING


@pytest.mark.parametrize(
    ("kind", "status", "settled", "extent"),
    [
        (INVOICE, Status.DRAFT, 0, ALL),
        (INVOICE, Status.SUBMITTED, 0, ALL),
        (INVOICE, Status.AUTHORISED, 0, ALL),
        (INVOICE, Status.AUTHORISED, 5, NOTHING),
        (INVOICE, Status.PAID, 5, NOTHING),
        (INVOICE, Status.PAID, 0, NOTHING),
        (INVOICE, Status.VOIDED, 0, NOTHING),
        (BILL, Status.AUTHORISED, 5, SOME),
        (BILL, Status.PAID, 5, SOME),
        (BILL, Status.DELETED, 0, NOTHING),
        (Kind.CREDIT_NOTE, Status.PAID, 5, NOTHING),
        (Kind.SUPPLIER_CREDIT, Status.AUTHORISED, 5, NOTHING),
    ],
)
def test_how_much_may_be_changed(kind: Kind, status: Status, settled: int, extent: Extent) -> None:
    answer = editable(Facts(kind, status, Decimal(settled)))
    assert answer.extent is extent
    assert bool(answer.why) is (extent is not ALL), "whoever may not change all of it is told why"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", Kind)
def test_who_may_neither_edit_nor_decide_is_offered_nothing(kind: Kind, status: Status) -> None:
    assert offered(Facts(kind, status), may_edit=False, may_decide=False) == Actions()


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", Kind)
def test_no_document_can_be_both_voided_and_deleted(kind: Kind, status: Status) -> None:
    actions = offered(Facts(kind, status), may_edit=True, may_decide=True)
    assert not (actions.void and actions.delete)
    assert not (actions.void and actions.approve)


def test_a_bill_is_credited_by_a_supplier_credit_note() -> None:
    actions = offered(Facts(BILL, Status.PAID, Decimal(5)), may_edit=True, may_decide=False)
    assert actions.credit == Kind.SUPPLIER_CREDIT
