"""What nobody knows of Xero for sure, each toggled alone: connecting, losing, noticing and coming back."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from integrations import transitions
from integrations.models import Connection, Episode, Grant
from integrations.probes import probe
from integrations.watch import watch_connections
from released.clock import now
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, Person, address
from tests.sandbox import DANIEL, HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
OPEN_FACTS = {
    "as a rule": {},
    "no new event": {"reconsent_changes_event": False},
    "a new connection id": {"connection_id_survives_reconnect": False},
    "earlier grants end": {"consent_ends_earlier_grants": True},
    "the same successor": {"grace_repeats_successor": True},
    "the last one ends the grant": {"last_disconnect_ends_grant": True},
    "access outlives revoking": {"access_token_survives_revocation": True},
    "slow to disconnect": {"disconnect_delay_seconds": 20},
    "removed but listed": {"removed_user_still_listed": True},
    "lowered, not listed": {"lowered_role_still_listed": False},
    "ended, not listed": {"ended_trial_still_listed": False},
    "lower-case 403": {"forbidden_body_case": "lower"},
    "counted by person": {"connections_counted_by": "user_and_organisation"},
    "broad scopes known": {"app_scopes": "both"},
    "no state on cancelling": {"cancel_returns_state": False},
    "the app may not list": {"app_token": "unauthorized_client"},
    "the app has no such scope": {"app_token": "invalid_scope"},
    "an event in the id token": {"id_token_has_event": True},
    "no nonce in the id token": {"id_token_has_nonce": False},
    "their clock is ahead": {"issuer_ahead_seconds": 30},
    "a repeat ends the first": {"grace_repeat_ends_first": True},
    "access tokens end too": {"disconnect_ends_access_tokens": True},
    "disconnecting is for all": {"disconnect_takes_every_user": True},
}
LOSSES = {
    "disconnect-app": {"organisation": HARBOUR_VIEW},
    "set-role": {"user": DANIEL, "organisation": HARBOUR_VIEW, "role": "READONLY"},
    "remove-user": {"user": DANIEL, "organisation": HARBOUR_VIEW},
    "end-access": {"organisation": HARBOUR_VIEW, "reason": "trial ended"},
}


@pytest.fixture(params=list(OPEN_FACTS.values()), ids=list(OPEN_FACTS))
def toggled(request: pytest.FixtureRequest, sandbox: Sandbox) -> Sandbox:
    """The sandbox with one open fact decided otherwise."""
    if request.param:
        sandbox.switch(**request.param)
    return sandbox


@pytest.mark.parametrize("loss", LOSSES)
def test_lost_is_noticed_and_made_good(admin: Person, cast: Cast, toggled: Sandbox, loss: str) -> None:
    connection = admin.connect(cast.harbour_view)
    neighbour = admin.connect(cast.castlegate, organisation=CASTLEGATE)

    toggled.do(loss, **LOSSES[loss])
    toggled.do("clock", shift_seconds=21)
    notice(connection)
    assert state_of(connection) == State.REVOKED
    assert state_of(neighbour) == State.CONNECTED
    assert Episode.objects.filter(closed_at__isnull=True, kind=Episode.Kind.LOST).count() == 1

    settle(toggled)
    answer = admin.consent_and_return(cast.harbour_view, user=DANIEL, name="xero-reconnect")
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    connection.refresh_from_db()
    transitions.confirm_sync_from(connection, sync_from=date(2025, 4, 1), by=cast.admin)
    for one in (connection, neighbour):
        one.refresh_from_db()
        probe(one)
        assert state_of(one) == State.CONNECTED
    assert not Episode.objects.filter(closed_at__isnull=True).exists()


def test_a_wrong_organisation_and_a_changed_mind_change_nothing(
    admin: Person, cast: Cast, toggled: Sandbox
) -> None:
    connection = admin.connect(cast.harbour_view)
    toggled.do("disconnect-app", organisation=HARBOUR_VIEW)
    toggled.do("clock", shift_seconds=21)
    notice(connection)
    for decision in ("allow", "cancel"):
        page = admin.go(cast.harbour_view, organisation=CASTLEGATE, decision=decision, name="xero-reconnect")
        assert page.status_code == 200
        assert state_of(connection) == State.REVOKED


@pytest.mark.parametrize("header", ["bearer", "bare", "misspelt"])
@pytest.mark.parametrize("status", [401, 403])
def test_a_missing_scope_is_never_a_loss(
    admin: Person, cast: Cast, sandbox: Sandbox, header: str, status: int
) -> None:
    sandbox.switch(scope_failure_header=header, scope_failure_status=status)
    connection = admin.connect(cast.harbour_view)
    spelt = {"bearer": "Bearer error=insufficient_scope", "bare": "insufficient_scope"}
    headers = {"WWW-Authenticate": spelt.get(header, "insufficent_scope"), "Content-Type": "application/json"}
    body = '{"Title":"x","Detail":"AuthorizationUnsuccessful"}'
    sandbox.do("faults", action="answer", path="/Organisation", status=status, headers=headers, body=body)
    probe(connection)
    assert state_of(connection) == State.CONNECTED
    assert connection.missing_scopes
    assert not Episode.objects.exists()


def notice(connection: Connection) -> None:
    """By the app's list if it shows there, else by the next call, with a token asked for anew."""
    cache.clear()
    watch_connections()
    connection.refresh_from_db()
    if connection.state == State.CONNECTED:
        Grant.objects.update(expires_at=now() - timedelta(minutes=1))
        connection.refresh_from_db()
        probe(connection)


def settle(sandbox: Sandbox) -> None:
    """Somebody puts right in Xero what was wrong there."""
    sandbox.do("end-access", organisation=HARBOUR_VIEW, reason=None)
    sandbox.do("set-role", user=DANIEL, organisation=HARBOUR_VIEW, role="STANDARD")


def state_of(connection: Connection) -> str:
    connection.refresh_from_db()
    return connection.state
