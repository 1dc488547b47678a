"""When access is really gone, and why most likely; when it is not gone, nobody is alarmed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from integrations.causes import words_for
from integrations.installation import pause
from integrations.models import Connection, Episode, Grant, OperatorAlert
from integrations.own_fault import stopped_since
from integrations.probes import probe
from integrations.xero import client
from integrations.xero.errors import AccessLost, Misconfigured, MissingScope, Unavailable
from notifications.tasks import send_due
from released.clock import now
from sync.adopting import adopt
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, Person
from tests.sandbox import DANIEL, HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
Cause = Episode.Cause
JSON = {"Content-Type": "application/json"}
FORBIDDEN = (
    '{"Type":null,"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful","Instance":"x"}'
)


@pytest.fixture
def connection(admin: Person, cast: Cast) -> Connection:
    return admin.connect(cast.harbour_view)


def read(connection: Connection) -> Any:
    with client.open_client(connection) as xero:
        return xero.list("Invoices")


def state_of(connection: Connection) -> str:
    connection.refresh_from_db()
    return connection.state


def test_a_single_403_that_is_not_confirmed_alarms_nobody(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("faults", action="answer", path="/Invoices", status=403, body=FORBIDDEN, headers=JSON)
    with pytest.raises(Unavailable, match="intact"):
        read(connection)
    assert state_of(connection) == State.CONNECTED
    assert not Episode.objects.exists()


def test_a_403_that_can_not_be_confirmed_now_alarms_nobody(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("faults", action="answer", path="/Invoices", status=403, body=FORBIDDEN, headers=JSON)
    sandbox.do("faults", action="answer", path="/connections", status=500, body="", times=1)
    with pytest.raises(Unavailable):
        read(connection)
    assert state_of(connection) == State.CONNECTED


@pytest.mark.parametrize("listed", [True, False])
def test_a_removed_person_has_lost_access(connection: Connection, sandbox: Sandbox, listed: bool) -> None:
    sandbox.switch(removed_user_still_listed=listed)
    sandbox.do("remove-user", user=DANIEL, organisation=HARBOUR_VIEW)
    with pytest.raises(AccessLost):
        read(connection)
    episode = Episode.objects.get()
    assert episode.cause == (Cause.ACCESS_CHANGED if listed else Cause.APP_DISCONNECTED)
    assert not episode.is_certain


@pytest.mark.parametrize("listed", [True, False])
def test_a_trial_that_ended_is_told_from_its_age(
    connection: Connection, sandbox: Sandbox, listed: bool
) -> None:
    sandbox.switch(ended_trial_still_listed=listed)
    started = now() - timedelta(days=31)
    Connection.objects.update(
        organisation_class="TRIAL", organisation_created_at=started, class_seen_at=now() - timedelta(days=2)
    )
    sandbox.do("end-access", organisation=HARBOUR_VIEW, reason="trial ended")
    with pytest.raises(AccessLost):
        read(connection)
    assert Episode.objects.get().cause == Cause.TRIAL_ENDED


def test_a_dead_permission_loses_every_company_that_hangs_on_it(
    connection: Connection, admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    other = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    _refuse_every_refresh(sandbox)
    with pytest.raises(AccessLost):
        read(connection)
    assert state_of(connection) == state_of(other) == State.REVOKED
    assert Grant.objects.get().state == Grant.State.DEAD
    assert set(Episode.objects.values_list("cause", flat=True)) == {Cause.GRANT_BROKEN}


def test_an_incident_of_the_day_is_named_when_the_permission_breaks(
    connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("organisation-offline", organisation=HARBOUR_VIEW, offline=True)
    probe(connection)
    _refuse_every_refresh(sandbox)
    with pytest.raises(AccessLost):
        read(connection)
    episode = Episode.objects.get(kind=Episode.Kind.LOST)
    assert words_for(episode).sentence.startswith("Most likely the incident at Xero on ")


def test_a_permission_that_a_restored_database_had_forgotten_names_our_own_doing(
    connection: Connection, sandbox: Sandbox
) -> None:
    pause("restored")
    adopt(by=None)
    _refuse_every_refresh(sandbox)
    with pytest.raises(AccessLost):
        read(connection)
    episode = Episode.objects.get(kind=Episode.Kind.LOST)
    assert words_for(episode).sentence.startswith("Most likely the restoring of our own database on ")


def _refuse_every_refresh(sandbox: Sandbox) -> None:
    Grant.objects.update(expires_at=now() - timedelta(hours=1))
    body = '{"error":"invalid_grant"}'
    sandbox.do("faults", action="answer", path="/connect/token", status=400, body=body, headers=JSON, times=4)


def test_a_wrong_secret_alerts_the_operator_once_an_hour_and_no_customer(
    connection: Connection,
    sandbox: Sandbox,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.XERO_CLIENT_SECRET = "wrong"
    for _ in range(2):
        Grant.objects.update(expires_at=now() - timedelta(hours=1), cool_until=None)
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(Misconfigured):
            read(connection)
    assert state_of(connection) == State.CONNECTED
    alert = OperatorAlert.objects.get()
    assert (alert.times, alert.mailed_at) == (2, None)
    send_due()
    send_due()
    assert [message.to for message in mail.outbox] == [["support@released.example"]]
    assert not Episode.objects.exists()


def test_a_fault_of_ours_is_as_old_as_itself_and_not_as_one_that_was_over(
    connection: Connection, settings: Settings
) -> None:
    assert stopped_since(connection) is None
    earlier, renewed = now() - timedelta(minutes=40), now() - timedelta(minutes=10)
    OperatorAlert.objects.create(
        kind=OperatorAlert.Kind.MISCONFIGURED, first_at=earlier, last_at=earlier, says="earlier"
    )
    settings.XERO_CLIENT_SECRET = "wrong"
    Grant.objects.update(expires_at=now() - timedelta(hours=1), refreshed_at=renewed)
    with pytest.raises(Misconfigured):
        read(connection)
    connection.refresh_from_db()
    assert stopped_since(connection) == renewed


def test_a_missing_scope_asks_for_a_consent_and_is_no_alarm(connection: Connection, sandbox: Sandbox) -> None:
    body = '{"Title":"Unauthorized","Status":401,"Detail":"AuthorizationUnsuccessful"}'
    sandbox.do("faults", action="answer", path="/Invoices", status=401, body=body, headers=JSON)
    with pytest.raises(MissingScope):
        read(connection)
    assert state_of(connection) == State.CONNECTED
    assert connection.missing_scopes
    assert not Episode.objects.exists()


def test_an_outage_is_no_loss_and_ends_by_itself(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("organisation-offline", organisation=HARBOUR_VIEW, offline=True)
    probe(connection)
    assert state_of(connection) == State.CONNECTED
    assert Episode.objects.get().kind == Episode.Kind.UNAVAILABLE
    sandbox.do("organisation-offline", organisation=HARBOUR_VIEW, offline=False)
    probe(connection)
    assert Episode.objects.get().closed_at is not None


def test_the_lock_date_is_kept_fresh(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date="2026-10-31")
    probe(connection)
    connection.refresh_from_db()
    assert str(connection.period_lock_date) == "2026-10-31"
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date=None)
    probe(connection)
    connection.refresh_from_db()
    assert connection.period_lock_date is None
