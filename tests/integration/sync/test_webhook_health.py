"""Webhooks that are mis-signed time and again, or that have stopped coming, are told to the operator."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from integrations.models import Connection, OperatorAlert
from released.clock import now
from released.clock.database import database_now
from sync.models import Run, WebhookEvent
from sync.webhook_health import MANY, note_silence
from tests.integration.sync.test_webhooks import post, told

Kind = OperatorAlert.Kind
INTENT = b'{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3"}'


def alerts(kind: Kind) -> int:
    return OperatorAlert.objects.filter(kind=kind).count()


def mis_sign(times: int) -> None:
    for _ in range(times):
        assert post(INTENT, key="another key").status_code == 401


def test_xeros_own_trial_alerts_nobody(db: None) -> None:
    for _ in range(3):
        mis_sign(4)
        assert post(INTENT).status_code == 200
    assert alerts(Kind.WEBHOOKS_MIS_SIGNED) == 0


def test_many_mis_signed_ones_alert_once(db: None) -> None:
    mis_sign(2 * MANY)
    alert = OperatorAlert.objects.get(kind=Kind.WEBHOOKS_MIS_SIGNED)
    assert (alert.times, alert.says.partition(" ")[0]) == (2, str(2 * MANY))


def test_genuine_news_prove_the_key_right(connection: Connection) -> None:
    mis_sign(MANY - 1)
    assert post(told(connection)).status_code == 200
    mis_sign(MANY - 1)
    assert alerts(Kind.WEBHOOKS_MIS_SIGNED) == 0


def test_without_a_key_of_ours_nobody_is_alerted(db: None, settings: Settings) -> None:
    settings.XERO_WEBHOOK_KEY = ""
    mis_sign(MANY)
    assert not OperatorAlert.objects.exists()


def arrived(connection: Connection, *, ago: timedelta) -> None:
    post(told(connection))
    WebhookEvent.objects.update(received_at=database_now() - ago)


def pulled(connection: Connection, *, times: int, trigger: Run.Trigger = Run.Trigger.REGULAR) -> None:
    """Regular pulls of the last hour that each took something over."""
    for _ in range(times):
        Run.objects.create(
            connection=connection, trigger=trigger, started_at=now(), began_at=database_now(),
            ended_at=now(), result="done", applied=1,
        )  # fmt: skip


def test_silence_while_pulls_find_changes_is_told_once(connection: Connection) -> None:
    arrived(connection, ago=timedelta(hours=7))
    pulled(connection, times=3)
    assert [note_silence(), note_silence()] == [True, False]
    assert "The last one came on" in OperatorAlert.objects.get(kind=Kind.WEBHOOKS_SILENT).says
    arrived(connection, ago=timedelta(hours=0))
    assert note_silence() is False


@pytest.mark.parametrize(
    ("hours", "times", "trigger"),
    [(5, 3, Run.Trigger.REGULAR), (7, 2, Run.Trigger.REGULAR), (7, 3, Run.Trigger.MANUAL)],
)
def test_what_proves_no_silence(connection: Connection, hours: int, times: int, trigger: Run.Trigger) -> None:
    arrived(connection, ago=timedelta(hours=hours))
    pulled(connection, times=times, trigger=trigger)
    assert note_silence() is False


def test_where_none_ever_came_none_is_missed(connection: Connection, settings: Settings) -> None:
    pulled(connection, times=3)
    assert note_silence() is False
    arrived(connection, ago=timedelta(hours=7))
    settings.XERO_WEBHOOK_KEY = ""
    assert note_silence() is False
