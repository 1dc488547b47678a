"""The state machine: state, event and episode together; what came too late changes nothing."""

from datetime import date

import pytest
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from integrations import transitions
from integrations.errors import AlreadyBound, AnotherOrganisation, GrantGone, WrongState
from integrations.models import Connection, Episode, Event, Grant
from integrations.organisations import Offered
from integrations.signals import connection_changed
from tests.factories.cast import Cast, assemble
from tests.factories.integrations import EpisodeFactory, GrantFactory
from tests.factories.integrations import connection as make_connection

pytestmark = pytest.mark.django_db
State = Connection.State
Cause = Episode.Cause


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def working(cast: Cast) -> Connection:
    return make_connection(cast.harbour_view)


def organisation_of(connection: Connection) -> Offered:
    assert connection.xero_connection_id is not None
    assert connection.xero_tenant_id is not None
    return Offered(connection.xero_connection_id, connection.xero_tenant_id, connection.organisation_name)


def lose(connection: Connection) -> Episode | None:
    return transitions.lose_access(connection, cause=Cause.GRANT_BROKEN, is_certain=False, evidence=[])


def test_a_loss_writes_state_event_and_episode(
    working: Connection, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rung: list[int] = []

    def ring(connection_id: int, **_: object) -> None:
        rung.append(connection_id)

    connection_changed.connect(ring)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            episode = lose(working)
    finally:
        connection_changed.disconnect(ring)
    working.refresh_from_db()
    assert working.state == State.REVOKED
    assert episode is not None
    assert episode.told == working.connected_by
    event = Event.objects.get()
    assert (event.before["state"], event.after["state"]) == (State.CONNECTED, State.REVOKED)
    assert rung == [working.pk]


def test_a_second_loss_opens_nothing(working: Connection) -> None:
    assert lose(working) is not None
    assert lose(working) is None
    assert Episode.objects.count() == 1


def test_a_late_403_of_the_old_permission_never_undoes_a_new_one(working: Connection, cast: Cast) -> None:
    before = Connection.objects.get(pk=working.pk)
    transitions.bind(
        cast.harbour_view, grant=GrantFactory.create(), organisation=organisation_of(working), by=cast.admin
    )
    assert lose(before) is None
    assert Connection.objects.get().state == State.CONNECTED


def test_a_loss_ends_an_outage(working: Connection) -> None:
    transitions.note_unavailable(working, evidence=[])
    lose(working)
    kinds = dict(Episode.objects.values_list("kind", "closed_at"))
    assert kinds["unavailable"] is not None
    assert kinds["lost"] is None


def test_an_outage_is_no_episode_of_a_lost_connection(working: Connection) -> None:
    lose(working)
    assert transitions.note_unavailable(working, evidence=[]) is None


def test_a_grant_that_died_meanwhile_is_not_bound(cast: Cast, working: Connection) -> None:
    dead = GrantFactory.create(state=Grant.State.DEAD)
    with pytest.raises(GrantGone):
        transitions.bind(cast.harbour_view, grant=dead, organisation=organisation_of(working), by=cast.admin)


def test_an_organisation_is_never_bound_twice(cast: Cast, working: Connection) -> None:
    with pytest.raises(AlreadyBound):
        transitions.bind(
            cast.castlegate, grant=GrantFactory.create(), organisation=organisation_of(working), by=cast.admin
        )
    assert not Connection.objects.filter(company=cast.castlegate).exists()


def test_a_company_is_never_bound_to_another_organisation(cast: Cast, working: Connection) -> None:
    other = make_connection(cast.castlegate)
    organisation = organisation_of(other)
    Connection.objects.filter(pk=other.pk).delete()
    with pytest.raises(AnotherOrganisation):
        transitions.bind(
            cast.harbour_view, grant=GrantFactory.create(), organisation=organisation, by=cast.admin
        )


def test_the_date_is_confirmed_only_when_it_is_waited_for(cast: Cast, working: Connection) -> None:
    with pytest.raises(WrongState):
        transitions.confirm_sync_from(working, sync_from=date(2026, 1, 1), by=cast.admin)


def test_a_change_of_the_date_is_on_record(cast: Cast, working: Connection) -> None:
    transitions.change_sync_from(working, sync_from=date(2026, 1, 1), by=cast.admin)
    event = Event.objects.get(what="date_changed")
    assert event.actor == cast.admin
    assert (event.before["sync_from"], event.after["sync_from"]) == ("2025-01-01", "2026-01-01")
    assert event.says == f"{cast.admin} moved sync from 1 Jan 2025 to 1 Jan 2026."


def test_disconnecting_closes_the_open_episode(cast: Cast, working: Connection) -> None:
    lose(working)
    transitions.disconnect(working, by=cast.admin)
    assert Episode.objects.get().closing["how"] == "disconnected"


def test_the_database_itself_allows_one_open_episode(working: Connection) -> None:
    lose(working)
    with pytest.raises(IntegrityError):
        EpisodeFactory.create(connection=working)
