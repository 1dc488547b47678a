"""Raising, editing, approving, voiding and deleting: each one transaction with revision, event and bell."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoCaptureOnCommitCallbacks

from released.billing import recording
from released.billing.contents import contents_of
from released.billing.errors import ChangedMeanwhile, Incomplete, NotAllowedNow
from released.billing.models import Document, Kind, Status
from released.billing.signals import document_changed
from released.billing.writing import OfAnotherCompany, UnknownTaxType
from tests.factories import document, line
from tests.factories.billing import contents
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def bells() -> Iterator[list[dict[str, Any]]]:
    """Every bell that rang."""
    rung: list[dict[str, Any]] = []

    def listen(sender: object, **kwargs: Any) -> None:
        rung.append({"document_id": kwargs["document_id"], "company_id": kwargs["company_id"]})

    document_changed.connect(listen)
    yield rung
    document_changed.disconnect(listen)


def test_a_raised_document_is_a_draft_with_the_next_seven_digit_number(cast: Cast) -> None:
    entered = contents(cast.harbour_view)
    first = recording.raise_document(cast.harbour_view, Kind.INVOICE, entered, by=cast.manager)
    second = recording.raise_document(cast.harbour_view, Kind.BILL, entered, by=cast.manager)
    assert (first.status, first.number, first.created_by) == (Status.DRAFT, "1000001", cast.manager)
    assert second.number == "1000002"
    assert (first.total, first.amount_due) == (Decimal("1250.00"), Decimal("1250.00"))


def test_the_bell_rings_after_commit_and_not_before(
    cast: Cast,
    bells: list[dict[str, Any]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        raised = recording.raise_document(
            cast.harbour_view, Kind.INVOICE, contents(cast.harbour_view), by=cast.manager
        )
        assert bells == []
    assert bells == [{"document_id": raised.pk, "company_id": cast.harbour_view.pk}]


def test_every_change_bumps_the_revision_and_tells_who_did_what(cast: Cast) -> None:
    made = document(cast.harbour_view, status=Status.DRAFT)
    entered = replace(contents_of(made), reference="HV4 Sep rent")
    edited = recording.edit_document(made, entered, by=cast.manager, revision=1)
    approved = recording.approve_document(edited, by=cast.admin, revision=2)
    voided = recording.void_document(approved, by=cast.admin)
    assert [d.revision for d in (edited, approved, voided)] == [2, 3, 4]
    assert [event.says for event in voided.events.order_by("pk")] == [
        "Edited by Priya Shah: reference from none to HV4 Sep rent",
        "Approved by Daniel Okafor",
        "Voided by Daniel Okafor",
    ]


def test_saving_the_same_again_changes_nothing(cast: Cast) -> None:
    made = document(cast.harbour_view)
    recording.edit_document(made, contents_of(made), by=cast.manager, revision=made.revision)
    made.refresh_from_db()
    assert made.revision == 2
    assert not made.events.exists()


def test_a_line_keeps_its_key_through_edits(cast: Cast) -> None:
    made = document(cast.harbour_view)
    before = contents_of(made)
    entered = replace(before, lines=(replace(before.lines[0], unit_amount=Decimal("1300")), line("55")))
    recording.edit_document(made, entered, by=cast.manager, revision=2)
    kept, added = made.line_items.all()
    assert (kept.key, kept.line_amount) == (before.lines[0].key, Decimal("1300.00"))
    assert added.position == 1


def test_editing_over_somebody_elses_change_is_refused(cast: Cast) -> None:
    made = document(cast.harbour_view)
    entered = replace(contents_of(made), reference="mine")
    recording.edit_document(made, replace(entered, reference="theirs"), by=cast.admin, revision=2)
    with pytest.raises(ChangedMeanwhile):
        recording.edit_document(made, entered, by=cast.manager, revision=2)
    assert Document.objects.get(pk=made.pk).reference == "theirs"


@pytest.mark.parametrize("status", [Status.PAID, Status.VOIDED, Status.DELETED])
def test_what_has_ended_is_not_edited(cast: Cast, status: Status) -> None:
    made = document(cast.harbour_view, status=status)
    with pytest.raises(NotAllowedNow):
        recording.edit_document(
            made, replace(contents_of(made), reference="new"), by=cast.admin, revision=made.revision
        )


def test_of_a_paid_bill_only_reference_and_due_date_may_change(cast: Cast) -> None:
    made = document(cast.harbour_view, Kind.BILL, Status.PAID)
    before = contents_of(made)
    edited = recording.edit_document(made, replace(before, reference="B-7"), by=cast.admin, revision=2)
    assert (edited.reference, edited.amount_due) == ("B-7", Decimal(0))
    with pytest.raises(NotAllowedNow):
        recording.edit_document(made, replace(before, lines=(line("1"),)), by=cast.admin, revision=3)


def test_what_lacks_something_is_not_approved(cast: Cast) -> None:
    made = document(cast.harbour_view, status=Status.DRAFT, due_date=None, lines=(line(account_code=""),))
    with pytest.raises(Incomplete, match=r"Give a due date. Line 1: choose an account."):
        recording.approve_document(made, by=cast.admin)
    assert Document.objects.get(pk=made.pk).status == Status.DRAFT


def test_nothing_with_payments_is_voided_and_nothing_approved_is_deleted(cast: Cast) -> None:
    with pytest.raises(NotAllowedNow):
        recording.void_document(document(cast.harbour_view, paid="10.00"), by=cast.admin)
    with pytest.raises(NotAllowedNow):
        recording.delete_document(document(cast.harbour_view), by=cast.admin)


def test_a_deleted_draft_stays_on_record_and_owes_nothing(cast: Cast) -> None:
    ended = recording.delete_document(document(cast.harbour_view, status=Status.DRAFT), by=cast.manager)
    assert (ended.status, ended.amount_due) == (Status.DELETED, Decimal(0))


def test_another_companys_contact_or_an_unknown_tax_type_is_refused(cast: Cast) -> None:
    with pytest.raises(OfAnotherCompany):
        recording.raise_document(cast.harbour_view, Kind.INVOICE, contents(cast.castlegate), by=cast.manager)
    entered = contents(cast.harbour_view, lines=(line(tax_type="GST9"),))
    with pytest.raises(UnknownTaxType):
        recording.raise_document(cast.harbour_view, Kind.INVOICE, entered, by=cast.manager)
    assert not Document.objects.exists()


def test_every_use_case_asks_for_the_permission_itself(cast: Cast) -> None:
    made = document(cast.harbour_view, status=Status.DRAFT)
    with pytest.raises(PermissionDenied):
        recording.raise_document(cast.harbour_view, Kind.INVOICE, contents(cast.harbour_view), by=cast.reader)
    for person in (cast.reader, cast.stranger, cast.operator):
        with pytest.raises(PermissionDenied):
            recording.approve_document(made, by=person)
        with pytest.raises(PermissionDenied):
            recording.delete_document(made, by=person)
