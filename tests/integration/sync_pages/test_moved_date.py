"""Whoever reconnects may move the sync-from date with the same button: the record and the receipt tell."""

from datetime import date

import pytest
from django.test import Client

from integrations import transitions
from integrations.models import Connection
from released.clock import now
from sync.models import Run
from tests.factories.cast import Cast

BEFORE, LATER = date(2025, 1, 1), date(2026, 3, 15)


def caught_up(connection: Connection, trigger: Run.Trigger) -> None:
    Run.objects.create(
        connection=connection, trigger=trigger, started_at=now(), began_at=now(), ended_at=now(),
        phase=Run.Phase.DONE, result="done",
    )  # fmt: skip


def page(admin: Client, connection: Connection, tail: str = "") -> str:
    answer = admin.get(f"/settings/add-ons/xero/{connection.company_id}/{tail}")
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("day", "recorded", "receipt"),
    [
        (LATER, "moved sync from 1 Jan 2025 to 15 Mar 2026.", "15 Mar 2026, moved from 1 Jan 2025"),
        (BEFORE, "confirmed sync from 1 Jan 2025.", "1 Jan 2025, unchanged"),
    ],
)
def test_reconnecting_with_a_date(
    cast: Cast, admin: Client, connected: Connection, day: date, recorded: str, receipt: str
) -> None:
    Connection.objects.filter(pk=connected.pk).update(state=Connection.State.AWAITING_DATE)
    transitions.confirm_sync_from(connected, sync_from=day, by=cast.admin)
    caught_up(connected, Run.Trigger.RECONNECT)
    assert f"{cast.admin} {recorded}" in page(admin, connected)
    assert f"<dt>Sync from</dt><dd>{receipt}</dd>" in page(admin, connected, "receipt/")


def test_a_first_date_was_moved_from_nowhere(cast: Cast, admin: Client, connected: Connection) -> None:
    Connection.objects.filter(pk=connected.pk).update(state=Connection.State.AWAITING_DATE, sync_from=None)
    transitions.confirm_sync_from(connected, sync_from=LATER, by=cast.admin)
    caught_up(connected, Run.Trigger.FIRST)
    assert f"{cast.admin} confirmed sync from 15 Mar 2026." in page(admin, connected)
    assert "<dt>Sync from</dt><dd>15 Mar 2026</dd>" in page(admin, connected, "receipt/")
