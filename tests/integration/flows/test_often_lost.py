"""Lost three times in thirty days: marked wherever the connection shows, and the operator is told once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from integrations import transitions
from integrations.models import Connection, Episode, Event, OperatorAlert
from notifications.tasks import send_due
from released.clock import now
from tests.factories.cast import Cast
from tests.factories.integrations import connection as make_connection
from tests.flows import Person, text_of

pytestmark = pytest.mark.django_db
Cause = Episode.Cause
OFTEN = 'data-testid="often-lost"'


@pytest.fixture
def connection(cast: Cast) -> Connection:
    return make_connection(cast.harbour_view, connected_by=cast.admin)


def lose(connection: Connection, times: int, *, days_ago: float = 0) -> None:
    """Lost and back by itself, so many times, all of them so long ago."""
    for _ in range(times):
        connection.refresh_from_db()
        episode = transitions.lose_access(
            connection, cause=Cause.APP_DISCONNECTED, is_certain=False, evidence=[]
        )
        assert episode is not None
        Episode.objects.filter(pk=episode.pk).update(opened_at=now() - timedelta(days=days_ago))
        connection.refresh_from_db()
        transitions.restore_access(connection, evidence=[])


def notes() -> int:
    return OperatorAlert.objects.filter(kind=OperatorAlert.Kind.OFTEN_LOST).count()


@pytest.mark.parametrize("page", ["home", "add-ons", "xero"])
def test_the_mark_stands_wherever_the_connection_shows(
    admin: Person, cast: Cast, connection: Connection, page: str
) -> None:
    company = cast.harbour_view if page == "xero" else None
    lose(connection, 2)
    assert OFTEN not in text_of(admin.get(page, company))
    lose(connection, 1)
    shown = text_of(admin.get(page, company))
    assert shown.count(OFTEN) == 1
    assert "3 times in 30 days" in shown


def test_the_page_offers_the_diagnostics_file_also_once_it_is_connected_again(
    admin: Person, cast: Cast, connection: Connection
) -> None:
    lose(connection, 3)
    page = text_of(admin.get("xero", cast.harbour_view))
    assert f"/settings/add-ons/xero/{cast.harbour_view.pk}/diagnostics/" in page
    assert "support@released.example" in page


def test_the_mark_goes_when_it_was_long_ago(admin: Person, cast: Cast, connection: Connection) -> None:
    lose(connection, 2, days_ago=31)
    lose(connection, 2)
    assert OFTEN not in text_of(admin.get("xero", cast.harbour_view))
    assert notes() == 0


def test_the_operator_is_told_once_for_each_marking(connection: Connection) -> None:
    lose(connection, 5)
    assert notes() == 1
    assert Event.objects.filter(what="often_lost").count() == 1
    Episode.objects.update(opened_at=now() - timedelta(days=31))
    lose(connection, 3)
    assert notes() == 2


def test_two_companies_are_two_notes(connection: Connection, cast: Cast) -> None:
    lose(connection, 3)
    lose(make_connection(cast.castlegate, connected_by=cast.admin), 3)
    assert notes() == 2


def test_the_note_says_which_company_and_that_its_people_know(connection: Connection) -> None:
    lose(connection, 3)
    send_due()
    send_due()
    (message,) = [one for one in mail.outbox if one.to == ["support@released.example"]]
    said = " ".join(str(message.body).split())
    assert "Harbour View Ltd (Northgate Property Management): Access was lost 3 times in 30 days." in said
    assert "marked as often lost" in said
    assert OperatorAlert.objects.get().mailed_at is not None


def test_a_loss_that_is_undone_leaves_no_note(connection: Connection) -> None:
    """The note is in the loss's own transaction: neither without the other."""
    lose(connection, 2)
    connection.refresh_from_db()
    with transaction.atomic():
        transitions.lose_access(connection, cause=Cause.GRANT_BROKEN, is_certain=False, evidence=[])
        assert notes() == 1
        transaction.set_rollback(True)
    assert notes() == 0
