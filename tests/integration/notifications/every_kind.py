"""One mail of each kind, made the way it comes about: for crashing at each step, and for looking at them."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from integrations import transitions
from integrations.alerts import alert_operator
from integrations.evidence import sight
from integrations.frequency import note_marking
from integrations.models import Connection, Episode, OperatorAlert
from notifications.models import Mail
from notifications.stopping import tell_of_refusals
from released.clock import now
from sync.models import Reconciliation
from tests.factories import ConnectionFactory, EpisodeFactory, document
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import close, round_
from tests.integration.notifications.refusing import ARCHIVED, refuse

Scene = Callable[[Cast], None]
DAYS = {"reminder_1": 1, "reminder_3": 3, "reminder_7": 7}


def lose(cast: Cast, *, company: int = 0, ago: timedelta = timedelta(minutes=5)) -> Episode:
    """Somebody pressed Disconnect App; one document waits."""
    where = (cast.harbour_view, cast.castlegate)[company]
    made = Connection.objects.filter(company=where).first()
    made = made or ConnectionFactory.create(company=where, connected_by=cast.admin)
    Connection.objects.filter(pk=made.pk).update(state=Connection.State.REVOKED)
    made.refresh_from_db()
    return EpisodeFactory.create(
        connection=made, told=cast.admin, opened_at=now() - ago, is_certain=False,
        cause=Episode.Cause.APP_DISCONNECTED,
    )  # fmt: skip


def lost(cast: Cast) -> None:
    lose(cast)
    with transaction.atomic():
        document(cast.harbour_view)


def several_lost(cast: Cast) -> None:
    lose(cast)
    lose(cast, company=1)


def reminder(cast: Cast, days: int) -> None:
    """The mail about the loss went out when it happened."""
    episode = lose(cast, ago=timedelta(days=days, minutes=5))
    round_()
    Mail.objects.update(sent_at=episode.opened_at)
    if not Mail.objects.filter(kind=Mail.Kind.LOST).exists():
        raise LookupError("the first mail was not written")


def several_reminder(cast: Cast) -> None:
    lose(cast, ago=timedelta(days=7, minutes=5))
    episode = lose(cast, company=1, ago=timedelta(days=7, minutes=4))
    round_()
    Mail.objects.update(sent_at=episode.opened_at)
    with transaction.atomic():
        document(cast.castlegate)


def recovered(cast: Cast) -> None:
    episode = lose(cast, ago=timedelta(hours=3))
    round_()
    close(episode, at=now() - timedelta(minutes=10))
    Reconciliation.objects.create(
        connection=episode.connection, at=now(), ended_at=now(), compared=212, agrees=True
    )


def permission(cast: Cast) -> None:
    made = ConnectionFactory.create(
        company=cast.harbour_view, connected_by=cast.admin, connected_at=now() - timedelta(days=9)
    )
    evidence = [sight("a call", "insufficient scope")]
    transitions.need_scopes(made, scopes={"accounting.contacts"}, evidence=evidence)


def often_lost(cast: Cast) -> None:
    for days in (20, 10):
        close(lose(cast, ago=timedelta(days=days)), at=now() - timedelta(days=days - 1))
    episode = lose(cast)
    note_marking(episode.connection, episode)
    OperatorAlert.objects.update(mailed_at=now())
    close(episode)


def refused(cast: Cast) -> None:
    refuse(ConnectionFactory.create(company=cast.harbour_view, connected_by=cast.admin), cast.manager)


def refused_daily(cast: Cast) -> None:
    tell_of_refusals(daily=True, by=cast.manager)
    made = ConnectionFactory.create(company=cast.harbour_view, connected_by=cast.admin)
    for says in (ARCHIVED, "The document date cannot be before the period lock date."):
        refuse(made, cast.manager, says=says, ago=timedelta(days=2))


def operator(cast: Cast) -> None:
    for _ in range(3):
        alert_operator(OperatorAlert.Kind.MISCONFIGURED, "invalid_client at the token endpoint")


SCENES: dict[str, Scene] = {
    "lost": lost,
    "several_lost": several_lost,
    "reminder_1": lambda cast: reminder(cast, 1),
    "reminder_3": lambda cast: reminder(cast, 3),
    "reminder_7": lambda cast: reminder(cast, 7),
    "several_reminder": several_reminder,
    "recovered": recovered,
    "permission": permission,
    "often_lost": often_lost,
    "refused": refused,
    "refused_daily": refused_daily,
    "operator": operator,
}
