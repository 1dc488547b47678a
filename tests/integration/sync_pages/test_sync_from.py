"""Choosing the sync-from date: help, consequences, and what is recorded."""

from datetime import date, timedelta

import pytest
from django.test import Client

from integrations import transitions
from integrations.models import Connection
from released.billing.models import Document, Kind
from released.clock import now, today
from sync.effects import measure
from sync.matching.preflight import waiting_with
from sync.preview import preview
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.factories.integrations import connection
from tests.factories.sync import conflict, likely_pair

OLD, NEW = date(2025, 3, 3), date(2026, 2, 2)
LOCK = date(2026, 1, 31)


@pytest.fixture
def awaiting(cast: Cast) -> Connection:
    document(cast.harbour_view, date=OLD)
    document(cast.harbour_view, date=NEW, paid="1250.00")
    document(cast.harbour_view, Kind.BILL, date=NEW)
    return connection(cast.harbour_view, Connection.State.AWAITING_DATE, period_lock_date=LOCK, sync_from=NEW)


def address(made: Connection) -> str:
    return f"/settings/add-ons/xero/{made.company_id}/sync-from/"


def test_the_date_before_is_filled_in_and_said_in_words(admin: Client, awaiting: Connection) -> None:
    page = admin.get(address(awaiting)).content.decode()
    assert 'value="2026-02-02"' in page
    assert "Monday 2 February 2026" in page


def test_after_all_time_it_is_blank_and_required(admin: Client, awaiting: Connection) -> None:
    transitions.change_sync_from(awaiting, sync_from=None, by=None)
    page = admin.get(address(awaiting)).content.decode()
    assert 'type="date" value="" required' in " ".join(page.split())
    assert "no longer offered" in page
    refused = admin.post(address(awaiting), {"date": ""})
    assert refused.status_code == 422
    assert "Choose a date" in refused.content.decode()
    awaiting.refresh_from_db()
    assert awaiting.state == Connection.State.AWAITING_DATE


def test_the_oldest_open_document_and_the_lock_date_are_one_click_away(
    admin: Client, awaiting: Connection
) -> None:
    page = admin.get(address(awaiting)).content.decode()
    assert 'data-testid="oldest-open-document"' in page
    assert "Take 3 Mar 2025" in page
    assert "Xero is locked up to 31 Jan 2026" in page
    assert "Take 1 Feb 2026" in page
    assert 'value="2025-03-03"' in admin.get(address(awaiting), {"take": "2025-03-03"}).content.decode()


def test_what_a_date_means_follows_the_date(admin: Client, awaiting: Connection) -> None:
    part = admin.get(
        address(awaiting), {"date": "2025-01-01"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert "What 1 Jan 2025 means" in part


def test_consequences_are_counted_in_documents_and_money(cast: Cast, awaiting: Connection) -> None:
    later, earlier = preview(awaiting, NEW), preview(awaiting, OLD)
    assert (later.in_range.documents, later.outside.documents) == (2, 1)
    assert (str(later.in_range.income), str(later.outside.income)) == ("1250.00", "1250.00")
    assert (earlier.waiting.documents, earlier.refused_by_lock.documents) == (3, 1)
    assert later.refused_by_lock.documents == 0
    assert earlier.oldest_open is not None
    assert earlier.oldest_open.date == OLD
    assert earlier.first_open_day == LOCK + timedelta(days=1)


def test_what_only_a_person_lets_go_is_not_promised_as_sent(cast: Cast, awaiting: Connection) -> None:
    """A conflict and a likely pair stay whatever the date; what the lock stops is still among what waits."""
    likely_pair(awaiting, document(cast.harbour_view, date=NEW))
    clashing = document(cast.harbour_view, date=NEW)
    settled = conflict(awaiting, document(cast.harbour_view, date=NEW))
    settled.resolved_at = now()
    settled.save()
    before = set(waiting_with(awaiting, OLD))
    conflict(awaiting, clashing)
    assert set(waiting_with(awaiting, OLD)) == before - {clashing}
    assert len(before) == 5
    counted = preview(awaiting, OLD)
    assert (counted.waiting.documents, counted.refused_by_lock.documents) == (4, 1)
    assert counted.in_range.documents == 6


def test_confirming_starts_the_work_and_is_recorded(cast: Cast, admin: Client, awaiting: Connection) -> None:
    answer = admin.post(address(awaiting), {"date": "2025-04-01"}, follow=True)
    awaiting.refresh_from_db()
    assert (awaiting.state, awaiting.sync_from) == (Connection.State.CONNECTED, date(2025, 4, 1))
    event = awaiting.events.get(what="date_confirmed")
    assert event.actor == cast.admin
    assert (event.before["sync_from"], event.after["sync_from"]) == ("2026-02-02", "2025-04-01")
    assert 'data-testid="sync-progress"' in answer.content.decode()


def test_confirmed_by_somebody_else_meanwhile_nothing_is_overwritten(
    cast: Cast, admin: Client, awaiting: Connection
) -> None:
    transitions.confirm_sync_from(awaiting, sync_from=OLD, by=cast.connector)
    admin.get(address(awaiting))
    admin.post(address(awaiting), {"date": OLD.isoformat()})
    assert awaiting.events.filter(what="date_changed").count() == 0


def test_a_working_connection_can_move_its_date(cast: Cast, admin: Client, connected: Connection) -> None:
    admin.post(address(connected), {"date": "2024-04-01"})
    connected.refresh_from_db()
    assert connected.sync_from == date(2024, 4, 1)
    assert connected.events.get(what="date_changed").actor == cast.admin


@pytest.mark.parametrize("typed", ["", "nonsense", "1200-01-01", "2999-01-01"])
def test_a_date_that_makes_no_sense_is_refused_beside_the_field(
    admin: Client, awaiting: Connection, typed: str
) -> None:
    answer = admin.post(address(awaiting), {"date": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_while_access_is_lost_there_is_no_date_to_choose(cast: Cast, admin: Client) -> None:
    lost = connection(cast.castlegate, Connection.State.REVOKED)
    answer = admin.get(address(lost))
    assert answer.url == f"/settings/add-ons/xero/{lost.company_id}/"  # type: ignore[attr-defined]
    assert today() >= OLD


def test_money_of_another_currency_is_counted_and_not_added_up(awaiting: Connection) -> None:
    before, effect = preview(awaiting, OLD).waiting, measure(awaiting)
    foreign = document(awaiting.company, date=NEW)
    Document.objects.filter(pk=foreign.pk).update(currency="USD")
    after = preview(awaiting, OLD).waiting
    assert (after.documents, after.income) == (before.documents + 1, before.income)
    assert measure(awaiting) == effect | {"waiting": effect["waiting"] + 1}
