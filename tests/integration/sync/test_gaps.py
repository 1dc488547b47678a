"""Access lost, throttled, unavailable: nothing is lost, and everything is caught up once."""

from datetime import timedelta

import pytest

from integrations.models import Connection, Episode, Grant
from integrations.organisations import Offered
from integrations.transitions import bind, confirm_sync_from
from integrations.xero import connections
from released.clock import now
from sync.asking import ask_sync
from sync.due import due_connections
from sync.effects import refresh_effect
from sync.models import DocumentLink, Reconciliation, Run, Schedule
from sync.turn import Next, take_turn
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def reconnect(connection: Connection, sandbox: Sandbox) -> None:
    """As the flow does after a new consent, with the original date."""
    by = member(connection.company.account)
    tokens, identity = sandbox.sign_in()
    grant = Grant.objects.get(xero_user_id=identity.xero_user_id)
    grant.access_token, grant.refresh_token = tokens.access_token, tokens.refresh_token
    grant.expires_at, grant.state = tokens.expires_at, Grant.State.ALIVE
    grant.save()
    row = next(row for row in connections.list_for(tokens.access_token) if row.name == HARBOUR_VIEW)
    bound = bind(
        connection.company, grant=grant, organisation=Offered(row.id, row.xero_tenant_id, row.name), by=by
    )
    confirm_sync_from(bound, sync_from=bound.sync_from or now().date(), by=by)


def test_lost_access_ends_the_run_and_reconnecting_catches_up_once(
    synced: Connection, sandbox: Sandbox
) -> None:
    made = approved(synced)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    take_turn(synced.pk)
    synced.refresh_from_db()
    assert synced.state == Connection.State.REVOKED
    assert Run.objects.latest("started_at").result == "lost"
    other = approved(synced)
    refresh_effect(synced)
    assert Episode.objects.get(closed_at=None).waiting == 2
    assert again(made).number == str(made.local_number)
    reconnect(synced, sandbox)
    sync(synced)
    assert {row["number"] for row in in_xero(sandbox)} == {again(made).number, again(other).number}
    assert Run.objects.filter(trigger=Run.Trigger.RECONNECT, result="done").count() == 1
    report = Reconciliation.objects.filter(ended_at__isnull=False).first()
    assert report is not None
    assert report.agrees


def test_a_change_in_xero_during_the_gap_is_read_before_anything_is_sent(
    synced: Connection, sandbox: Sandbox
) -> None:
    made = approved(synced, reference="Before")
    sync(synced)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    approved(synced)
    take_turn(synced.pk)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set={"reference": "During"})
    sandbox.do("record/clear")
    reconnect(synced, sandbox)
    sync(synced)
    assert again(made).reference == "During"
    calls = [row["method"] for row in sandbox.see("record")["requests"] if "/api.xro" in row["path"]]
    assert calls.index("PUT") > max(at for at, call in enumerate(calls[:4]) if call == "GET")


def test_a_throttled_connection_waits_without_a_worker(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    sandbox.do("limits", organisation=HARBOUR_VIEW, exhaust="minute")
    assert take_turn(synced.pk) is Next.LATER
    held = Schedule.objects.get(pk=synced.pk).held_until
    assert held is not None
    assert synced not in due_connections()
    sandbox.do("limits", fresh=True)
    Schedule.objects.update(held_until=held - timedelta(hours=1))
    assert synced in due_connections()


def test_an_outage_is_no_lost_access(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    ask_sync(synced, by=None)
    sandbox.do("faults", action="outage", seconds=60)
    for _ in range(2):
        Schedule.objects.update(held_until=None)
        take_turn(synced.pk)
    synced.refresh_from_db()
    assert synced.state == Connection.State.CONNECTED
    assert Episode.objects.get(closed_at=None).kind == Episode.Kind.UNAVAILABLE
    sandbox.do("faults", clear=True)
    sync(synced)
    assert len(in_xero(sandbox)) == 1
    assert not Episode.objects.filter(closed_at=None).exists()


def test_a_stopped_connection_stands_still(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced)
    Connection.objects.update(is_stopped=True)
    sync(synced)
    assert again(made).is_pending
    assert synced not in due_connections()
