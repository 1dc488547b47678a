"""Disconnect App is seen by the watch; nothing is alarmed that the user's own permission does not confirm."""

import pytest
from django.core.cache import cache

from integrations import watch
from integrations.models import Connection, Episode, Event
from integrations.probes import probe, probe_due
from integrations.xero import oauth
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, Person
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
Cause = Episode.Cause
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def connection(admin: Person, cast: Cast) -> Connection:
    return admin.connect(cast.harbour_view)


def state_of(connection: Connection) -> str:
    connection.refresh_from_db()
    return connection.state


@pytest.mark.parametrize("ends_grant", [False, True])
def test_disconnect_app_is_seen_with_the_token_alive_or_dead(
    connection: Connection, sandbox: Sandbox, ends_grant: bool
) -> None:
    sandbox.switch(last_disconnect_ends_grant=ends_grant)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch.watch_connections() == 1
    assert state_of(connection) == State.REVOKED
    episode = Episode.objects.get()
    assert episode.cause == Cause.APP_DISCONNECTED
    assert episode.told == connection.connected_by
    assert any("app’s own list" in one["saw"] for one in episode.evidence)


def test_a_round_without_news_costs_one_call_and_changes_nothing(
    connection: Connection, sandbox: Sandbox
) -> None:
    watch.watch_connections()
    sandbox.do("record/clear")
    assert watch.watch_connections() == 0
    assert [one["path"].lower() for one in sandbox.see("record")["requests"]] == ["/connections"]
    assert state_of(connection) == State.CONNECTED


def test_the_other_organisation_of_the_same_xero_user_is_not_alarmed(
    connection: Connection, admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    other = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch.watch_connections() == 1
    assert state_of(connection) == State.REVOKED
    assert state_of(other) == State.CONNECTED


def test_a_list_that_lost_everything_alarms_nobody(
    connection: Connection, admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    other = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    sandbox.do("faults", action="answer", path="/connections", status=200, body="[]", headers=JSON)
    assert watch.watch_connections() == 0
    assert state_of(connection) == state_of(other) == State.CONNECTED
    assert not Episode.objects.exists()


def test_what_was_found_intact_is_left_alone_for_a_while(connection: Connection, sandbox: Sandbox) -> None:
    for _ in range(2):
        sandbox.do("faults", action="answer", path="/connections", status=200, body="[]", headers=JSON)
        watch.watch_connections()
    asked = sandbox.see("record", path="/Organisation", last=500)["requests"]
    assert len(asked) <= 2  # one after the bind, one to confirm


def test_where_the_app_may_not_list_each_persons_own_list_is_asked(
    connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.switch(app_token="unauthorized_client")
    oauth.forget_app_token()
    assert watch.watch_connections() == 0
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch.watch_connections() == 0  # asked only a moment ago
    cache.clear()
    assert watch.watch_connections() == 1
    assert state_of(connection) == State.REVOKED


def test_where_the_app_may_not_list_the_probe_finds_it_too(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.switch(app_token="unauthorized_client")
    oauth.forget_app_token()
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    Connection.objects.update(probe_due_at=None)
    assert probe_due() == 1
    assert state_of(connection) == State.REVOKED


def test_an_outage_of_the_lists_alarms_nobody_and_hides_nothing(
    connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    sandbox.do("faults", action="answer", path="/connections", status=503, body="", times=2)
    assert watch.watch_connections() == 0
    assert state_of(connection) == State.CONNECTED
    assert watch.watch_connections() == 1


def test_a_second_person_of_the_account_takes_over_without_an_alarm(
    connection: Connection, connector: Person, cast: Cast, sandbox: Sandbox
) -> None:
    Connection.objects.update(missing_scopes="accounting.attachments")
    connector.consent_and_return(cast.harbour_view, user=PRIYA, name="xero-reconnect")
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW, user=PRIYA)
    assert watch.watch_connections() == 0
    assert state_of(connection) == State.CONNECTED
    assert connection.grant is not None
    assert connection.grant.xero_user_name == "Daniel Okafor"
    assert Event.objects.filter(what="switched").exists()


def test_access_that_comes_back_needs_nobody(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("end-access", organisation=HARBOUR_VIEW, reason="trial ended")
    probe(connection)
    assert state_of(connection) == State.REVOKED
    sandbox.do("end-access", organisation=HARBOUR_VIEW, reason=None)
    probe(connection)
    assert state_of(connection) == State.CONNECTED
    assert Episode.objects.get().closing["how"] == "by itself"
