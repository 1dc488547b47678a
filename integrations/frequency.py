"""How often is too often: three losses within thirty days mark a company's connection as often lost.

Losing access now and then is normal and needs nobody. When it goes on, something at the firm or
with us is wrong that reconnecting does not cure: then people are told so wherever the connection
shows, are offered the diagnostics file, and the operator learns of it, once for each marking.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count

from integrations.alerts import note_for_operator
from integrations.history import record
from integrations.models import Connection, Episode, OperatorAlert
from released.clock import now

OFTEN = 3
WINDOW = timedelta(days=30)


def is_often(times: int) -> bool:
    return times >= OFTEN


def often_said(times: int) -> str:
    """3 times in 30 days; the empty text when that is not often."""
    return f"{times} times in {WINDOW.days} days" if is_often(times) else ""


def times_lost(episodes: Iterable[Episode], *, at: datetime) -> int:
    """How many of these are losses that began within the thirty days up to `at`. Pure."""
    return sum(one.kind == Episode.Kind.LOST and at - WINDOW < one.opened_at <= at for one in episodes)


def times_lost_by_connection(connections: Iterable[int]) -> dict[int, int]:
    """How often each of them lost its access within the last thirty days; in one query."""
    recent = Episode.objects.filter(
        connection__in=list(connections), kind=Episode.Kind.LOST, opened_at__gt=now() - WINDOW
    )
    return dict(recent.order_by().values_list("connection").annotate(Count("pk")))


def note_marking(connection: Connection, episode: Episode) -> None:
    """Tell the operator when this very loss makes the marking; not again while the marking lasts.

    In the transaction that opened the episode, under the connection's lock: neither forgotten nor doubled.
    """
    if times_lost(connection.episodes.all(), at=episode.opened_at) != OFTEN:
        return
    said = f"Access was lost {often_said(OFTEN)}."
    record(connection, "often_lost", f"{said} The operator was told.", by=None)
    note_for_operator(
        OperatorAlert.Kind.OFTEN_LOST,
        f"{connection.company} ({connection.company.account}): {said} Most recently: "
        f"{episode.get_cause_display()}{'' if episode.is_certain else ' (most likely)'}.",
    )
