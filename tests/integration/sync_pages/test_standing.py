"""Where a document stands, by the database's own word; lists, counts and sentences all follow it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from integrations.models import Connection
from released.billing.models import Document, Kind, Status
from released.clock import now, today
from released.portfolio.models import Company
from sync import standing
from sync.models import Conflict, Delivery, DeliveryItem, DocumentLink
from sync.pages.tally import tally
from sync.states import states_for
from tests.factories.billing import document
from tests.factories.cast import Cast

Link = Callable[..., DocumentLink]


def stands(one: Document) -> str:
    return standing.with_standing(Document.objects.filter(pk=one.pk)).values_list("standing", flat=True).get()


def test_a_company_without_a_connection_keeps_its_documents(cast: Cast) -> None:
    assert stands(document(cast.castlegate)) == standing.NOT_CONNECTED


def test_an_approved_document_waits_and_a_draft_stays(cast: Cast, connected: Connection) -> None:
    assert stands(document(cast.harbour_view)) == standing.WAITING
    assert stands(document(cast.harbour_view, status=Status.DRAFT)) == standing.DRAFT


def test_voided_before_it_was_ever_shared_it_waits_for_nothing(cast: Cast, connected: Connection) -> None:
    assert stands(document(cast.harbour_view, status=Status.VOIDED)) == standing.DRAFT


def test_what_both_sides_agree_to_is_in_xero(cast: Cast, connected: Connection, link: Link) -> None:
    shared = document(cast.harbour_view, shared=True)
    link(shared, connected)
    assert stands(shared) == standing.IN_XERO


def test_dated_before_the_range_it_is_held_unless_it_leaves_the_range_just_now(
    cast: Cast, connected: Connection, link: Link
) -> None:
    connected.sync_from = today()
    connected.save()
    old = document(cast.harbour_view, date=today() - timedelta(days=40))
    leaving = document(cast.harbour_view, date=today() - timedelta(days=40))
    link(leaving, connected, agreed_date=today())
    assert stands(old) == standing.HELD
    assert stands(leaving) == standing.WAITING


def test_all_time_holds_nothing(cast: Cast, connected: Connection) -> None:
    connected.sync_from, connected.all_time = None, True
    connected.save()
    assert stands(document(cast.harbour_view, date=today() - timedelta(days=4000))) == standing.WAITING


def test_a_refusal_counts_for_the_revision_that_was_refused(
    cast: Cast, connected: Connection, link: Link
) -> None:
    refused = document(cast.harbour_view)
    known = link(refused, connected, xero_id=None, blocked_revision=refused.revision)
    assert stands(refused) == standing.REFUSED
    known.blocked_revision = refused.revision - 1
    known.save()
    assert stands(refused) == standing.WAITING


def test_excluded_and_conflicting_documents_wait_for_a_person(
    cast: Cast, connected: Connection, link: Link
) -> None:
    excluded, clashing = document(cast.harbour_view), document(cast.harbour_view)
    link(excluded, connected, excluded_at=now())
    link(clashing, connected, blocked_revision=clashing.revision)
    Conflict.objects.create(connection=connected, document=clashing, ours={}, theirs={}, opened_at=now())
    assert stands(excluded) == standing.EXCLUDED
    assert stands(clashing) == standing.CONFLICT


def test_in_an_open_delivery_it_is_being_sent(cast: Cast, connected: Connection) -> None:
    sent = document(cast.harbour_view)
    delivery = Delivery.objects.create(
        connection=connected, method="PUT", endpoint="Invoices", is_create=True, body="{}",
        idempotency_key=str(uuid4()), first_sent_at=now(), last_sent_at=now(),
    )  # fmt: skip
    DeliveryItem.objects.create(delivery=delivery, position=0, document=sent, revision=sent.revision, sent={})
    assert stands(sent) == standing.SENDING


def test_money_that_waits_is_counted_with_credit_notes_taken_off(cast: Cast, connected: Connection) -> None:
    for kind in (Kind.INVOICE, Kind.INVOICE, Kind.CREDIT_NOTE, Kind.BILL):
        document(cast.harbour_view, kind)
    counted = tally(cast.harbour_view)
    assert (counted.waiting, str(counted.income)) == (4, "1250.00")
    assert counted.expenses > 0
    assert standing.waiting(Company.objects.filter(pk=cast.harbour_view.pk)).count() == 4


def test_the_states_of_a_list_cost_two_queries(
    cast: Cast, connected: Connection, django_assert_num_queries: Any
) -> None:
    made = [document(cast.harbour_view) for _ in range(5)]
    with django_assert_num_queries(2):
        assert {state.word for state in states_for(made).values()} == {"Waiting for Xero"}
    assert pytest.approx(len(made)) == 5
