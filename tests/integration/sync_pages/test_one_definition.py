"""The engine sends exactly what people are told is waiting, and both ask the index that was made for it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.db.models import QuerySet

from integrations.models import Connection
from released.billing.models import Document, Status
from released.clock import now, today
from released.portfolio.models import Company
from sync import pending, standing
from sync.due import due_connections
from sync.models import Delivery, DeliveryItem, DocumentLink, Schedule
from sync.pairs.sides import unshared
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.factories.portfolio import ContactFactory

Link = Callable[..., DocumentLink]
LONG_AGO = timedelta(days=40)


@pytest.fixture
def every_sort(cast: Cast, connected: Connection, link: Link) -> Connection:
    """A document for each way in which the conditions can come together."""
    connected.sync_from = today() - timedelta(days=10)
    connected.save()
    company, contact = cast.harbour_view, ContactFactory.create(company=cast.harbour_view)
    for status, shared, age, known in product(Status, (False, True), (timedelta(0), LONG_AGO), KNOWN):
        one = document(company, status=status, shared=shared, date=today() - age, contact=contact)
        if known is not None:
            link(one, connected, **known(one))
    sent = document(company, contact=contact)
    delivery = Delivery.objects.create(
        connection=connected, method="PUT", endpoint="Invoices", is_create=True, body="{}",
        idempotency_key=str(uuid4()), first_sent_at=now(), last_sent_at=now(),
    )  # fmt: skip
    DeliveryItem.objects.create(delivery=delivery, position=0, document=sent, revision=sent.revision, sent={})
    return connected


KNOWN: tuple[Callable[[Document], dict[str, Any]] | None, ...] = (
    None,
    lambda one: {},
    lambda one: {"xero_id": None},
    lambda one: {"agreed_date": today()},
    lambda one: {"excluded_at": now()},
    lambda one: {"blocked_revision": one.revision},
    lambda one: {"blocked_revision": one.revision - 1},
)


def standings(connection: Connection, *names: str) -> set[int]:
    rows = standing.with_standing(Document.objects.filter(company=connection.company_id))
    return set(rows.filter(standing__in=names).values_list("pk", flat=True))


def keys(rows: QuerySet[Document]) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def test_what_waits_is_what_is_sent(every_sort: Connection) -> None:
    # A draft that Xero knows cannot be: what stays here is left out on both sides.
    stays = keys(Document.objects.filter(status__in=(Status.DRAFT, Status.SUBMITTED)))
    to_send = keys(pending.to_send(every_sort))
    assert to_send == standings(every_sort, standing.WAITING) - stays
    assert len(to_send) > 10
    waiting = standings(every_sort, standing.WAITING, standing.SENDING, standing.REFUSED) - stays
    assert keys(pending.waiting(every_sort)) == waiting


def test_what_people_are_told_waits_is_counted_as_such(every_sort: Connection) -> None:
    told = standing.waiting(Company.objects.filter(pk=every_sort.company_id))
    assert keys(told) == keys(pending.to_send(every_sort)) | standings(every_sort, standing.SENDING)


@pytest.mark.parametrize("status", [Status.AUTHORISED, Status.VOIDED, Status.DRAFT])
@pytest.mark.parametrize("age", [timedelta(0), LONG_AGO])
def test_beat_rings_for_exactly_what_can_be_sent(
    cast: Cast, connected: Connection, status: Status, age: timedelta
) -> None:
    connected.sync_from = today() - timedelta(days=10)
    connected.save()
    Schedule.objects.create(connection=connected, pull_due_at=now() + timedelta(seconds=30))
    document(cast.harbour_view, status=status, date=today() - age)
    assert due_connections().exists() == pending.to_send(connected).exists()


def test_ended_before_it_was_shared_it_never_claims_to_be_in_xero(
    cast: Cast, connected: Connection, link: Link
) -> None:
    for known in (None, {"xero_id": None}):
        ended = document(cast.harbour_view, status=Status.VOIDED, shared=True)
        if known is not None:
            link(ended, connected, **known)
        assert ended.pk in standings(connected, standing.DRAFT)


def test_what_is_pending_is_found_by_its_own_index(cast: Cast, connected: Connection) -> None:
    for company in (cast.harbour_view, cast.castlegate, cast.foreign_company):
        model = document(company, shared=True)
        columns = [field.name for field in Document._meta.concrete_fields if field.name not in ("id", "uid")]
        like = {name: getattr(model, name) for name in columns}
        Document.objects.bulk_create(
            Document(**like | {"number": f"N{at}", "local_number": 10_000 + at}) for at in range(1_000)
        )
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")
    alike = unshared(connected).filter(total__in=[1, 2])
    asked = (pending.to_send(connected), standing.waiting([cast.harbour_view]), due_connections(), alike)
    for rows in asked:
        assert "document_pending" in rows.explain(costs=False)
