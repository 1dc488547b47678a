"""An operator stops one connection or all: nothing more is asked of Xero, nothing is lost."""

import pytest
from django.core.management import CommandError, call_command

from integrations.errors import ReasonMissing, WrongState
from integrations.models import Connection, Event, Installation
from integrations.probes import probe_due
from integrations.stopping import start_all, start_connection, stop_all, stop_connection
from integrations.watch import watch_connections
from integrations.xero import steps
from sync.due import due_connections
from sync.models import Delivery, Run
from sync.tasks import ring_due
from sync.turn import Next, take_turn
from tests.factories import UserFactory
from tests.integration.sync.conftest import again, approved, in_xero, sync
from tests.sandbox import Sandbox

WHY = "Ticket 4711: wrong tax types"


@pytest.fixture
def synced(connection: Connection, sandbox: Sandbox) -> Connection:
    sync(connection)
    sandbox.do("record/clear")
    return connection


def calls(sandbox: Sandbox) -> list[str]:
    return [row["path"] for row in sandbox.see("record")["requests"] if "sandbox" not in row["path"]]


def test_a_stopped_company_is_left_alone_and_goes_on_where_it_was(
    synced: Connection, sandbox: Sandbox
) -> None:
    operator = UserFactory.create(name="Olu Operator", is_superuser=True)
    stop_connection(synced, by=operator, reason=WHY)
    made = approved(synced)
    Connection.objects.update(probe_due_at=None)
    assert take_turn(synced.pk) is Next.NOTHING
    assert synced not in due_connections()
    probe_due()
    assert calls(sandbox) == []
    event = Event.objects.get(what="stopped")
    assert (event.actor, event.says) == (operator, f"Olu Operator stopped the sync: {WHY}")
    start_connection(synced, by=None, reason="Mended")
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_all_at_once_by_one_row_that_everything_reads(synced: Connection, sandbox: Sandbox) -> None:
    assert stop_all(by=None, reason=WHY) == 1
    approved(synced)
    Connection.objects.update(probe_due_at=None)
    assert take_turn(synced.pk) is Next.NOTHING
    assert (ring_due(), watch_connections(), probe_due()) == (0, 0, 0)
    assert calls(sandbox) == []
    assert not Connection.objects.get().is_stopped
    assert Installation.objects.get().stopped_because == WHY
    start_all(by=None, reason="Mended")
    sync(synced)
    assert len(in_xero(sandbox)) == 1
    assert list(Event.objects.filter(what__in=["stopped", "started"]).values_list("says", flat=True)) == [
        "An operator started the sync of all companies again: Mended",
        f"An operator stopped the sync of all companies: {WHY}",
    ]


@pytest.mark.parametrize("everything", [True, False])
def test_in_the_middle_of_a_turn_no_further_call_is_made(
    synced: Connection, sandbox: Sandbox, everything: bool
) -> None:
    """The stop comes after a delivery was saved and noted, just before it would leave."""
    made = approved(synced)

    def stop(point: str) -> None:
        if point != "push.noted" or not Delivery.objects.filter(endpoint="Invoices").exists():
            return
        if everything:
            stop_all(by=None, reason=WHY)
        else:
            stop_connection(synced, by=None, reason=WHY)

    with steps.listening(stop):
        assert take_turn(synced.pk) is Next.NOTHING
    assert in_xero(sandbox) == []
    assert Delivery.objects.get(endpoint="Invoices").state == Delivery.State.FREED
    assert Run.objects.filter(ended_at=None).count() == 1
    if everything:
        start_all(by=None, reason="Mended")
    else:
        start_connection(synced, by=None, reason="Mended")
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_by_command_with_a_reason(synced: Connection) -> None:
    name = synced.company.name
    call_command("stop_sync", name, reason=WHY)
    assert Connection.objects.get().is_stopped
    with pytest.raises(CommandError, match="stopped already"):
        call_command("stop_sync", str(synced.company_id), reason=WHY)
    call_command("start_sync", name, reason="Mended")
    call_command("stop_sync", "--all", reason=WHY)
    assert not Connection.objects.get().is_stopped
    with pytest.raises(CommandError, match="No operator"):
        call_command("start_sync", "--all", reason="Mended", by="nobody@released.example")
    call_command("start_sync", "--all", reason="Mended")
    assert Installation.objects.get().stopped_at is None


def test_never_without_a_reason_and_never_twice(synced: Connection) -> None:
    with pytest.raises(ReasonMissing):
        stop_connection(synced, by=None, reason="  ")
    with pytest.raises(ReasonMissing):
        stop_all(by=None, reason="")
    with pytest.raises(WrongState):
        start_all(by=None, reason="Mended")
    with pytest.raises(WrongState):
        start_connection(synced, by=None, reason="Mended")
