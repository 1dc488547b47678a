"""The page of one document, and its acts."""

import pytest

from released.billing.models import Kind, Settlement, Status
from tests.factories import document
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import words

pytestmark = pytest.mark.django_db
BUTTONS = ("Edit invoice", "Approve invoice", "Void<", "Delete<", "Issue a credit note")


@pytest.mark.parametrize(
    ("status", "paid", "offered"),
    [
        (Status.DRAFT, "0", {"Edit invoice", "Approve invoice", "Delete<"}),
        (Status.AUTHORISED, "0", {"Edit invoice", "Void<", "Issue a credit note"}),
        (Status.AUTHORISED, "10", {"Issue a credit note"}),
        (Status.PAID, "0", {"Issue a credit note"}),
        (Status.VOIDED, "0", set()),
        (Status.DELETED, "0", set()),
    ],
)
def test_the_buttons_follow_status_and_payments(
    cast: Cast, sign_in: SignIn, status: Status, paid: str, offered: set[str]
) -> None:
    made = document(cast.harbour_view, status=status, paid=paid)
    page = words(sign_in(cast.manager).get(made.get_absolute_url()))
    assert {button for button in BUTTONS if button in page} == offered


def test_a_read_only_person_sees_everything_and_no_buttons(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    page = words(sign_in(cast.reader).get(made.get_absolute_url()))
    assert "£1,250.00" in page
    assert not [button for button in BUTTONS if button in page]


def test_settlements_are_shown_where_they_were_recorded(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, paid="250.00")
    Settlement.objects.create(
        document=made,
        sort="payment",
        source_id=made.uid,
        date=made.date,
        amount=made.amount_paid,
        reference="BACS 17",
    )
    page = words(sign_in(cast.reader).get(made.get_absolute_url()))
    assert "BACS 17" in page
    assert "Part paid" in page
    assert "£1,000.00" in page


def test_approving_what_somebody_has_changed_meanwhile_is_refused(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, status=Status.DRAFT)
    address = f"{made.get_absolute_url()}approve/"
    answer = sign_in(cast.manager).post(address, {"revision": "7"}, follow=True)
    assert "Somebody changed this document while you were working on it" in words(answer)
    sign_in(cast.manager).post(address, {"revision": "1"})
    made.refresh_from_db()
    assert made.status == Status.AUTHORISED


def test_voiding_and_deleting_ask_first(cast: Cast, sign_in: SignIn) -> None:
    approved, draft = document(cast.harbour_view), document(cast.harbour_view, status=Status.DRAFT)
    browser = sign_in(cast.manager)
    assert "This can’t be undone" in words(browser.get(f"{approved.get_absolute_url()}void/"))
    assert "This can’t be undone" in words(browser.get(f"{draft.get_absolute_url()}delete/"))
    browser.post(f"{approved.get_absolute_url()}void/", {"revision": "2"})
    browser.post(f"{draft.get_absolute_url()}delete/", {"revision": "1"})
    approved.refresh_from_db()
    draft.refresh_from_db()
    assert (approved.status, draft.status) == (Status.VOIDED, Status.DELETED)


def test_what_can_t_be_voided_says_why(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, paid="10")
    answer = sign_in(cast.manager).post(f"{made.get_absolute_url()}void/", {"revision": "2"}, follow=True)
    assert "Only an approved document without payments or credits can be voided." in words(answer)


def test_a_supplier_credit_is_money_for_the_company(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, Kind.SUPPLIER_CREDIT)
    page = words(sign_in(cast.manager).get(made.get_absolute_url()))
    assert "Credit that remains" in page


def test_the_old_number_stays_beside_xeros(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, number="INV-000121")
    page = words(sign_in(cast.reader).get(made.get_absolute_url()))
    assert "INV-000121" in page
    assert f"here {made.local_number}" in page
