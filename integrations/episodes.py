"""Opening and closing episodes. Called by `integrations.transitions` alone, under the connection's lock."""

from integrations.evidence import Sight
from integrations.frequency import note_marking
from integrations.models import Connection, Episode
from released.accounts.models import User
from released.clock import now


def open_one(
    connection: Connection,
    kind: Episode.Kind,
    cause: Episode.Cause,
    *,
    is_certain: bool,
    evidence: list[Sight],
) -> Episode:
    """Open an episode. A loss ends an outage; lost again before the date is confirmed goes on in it."""
    current = connection.episodes.filter(closed_at__isnull=True).first()
    if current is not None and current.kind == Episode.Kind.LOST:
        return _go_on(current, cause, is_certain, evidence)
    close_open(connection, how="became lost access")
    episode = Episode.objects.create(
        connection=connection,
        kind=kind,
        cause=cause,
        is_certain=is_certain,
        opened_at=now(),
        told=connection.connected_by,
        evidence=evidence,
    )
    if kind == Episode.Kind.LOST:
        note_marking(connection, episode)
    return episode


def _go_on(episode: Episode, cause: Episode.Cause, is_certain: bool, evidence: list[Sight]) -> Episode:
    episode.cause, episode.is_certain = cause, is_certain
    episode.evidence = [*episode.evidence, *evidence]
    episode.save(update_fields=["cause", "is_certain", "evidence"])
    return episode


def close_open(
    connection: Connection,
    *,
    how: str,
    by: User | None = None,
    kind: Episode.Kind | None = None,
    evidence: list[Sight] | None = None,
) -> bool:
    """Close whatever is open (of `kind`); says whether anything was. `how` is kept with who did it."""
    episode = connection.episodes.select_for_update(no_key=True).filter(closed_at__isnull=True).first()
    if episode is None or (kind is not None and episode.kind != kind):
        return False
    episode.closed_at = now()
    episode.closing = {"how": how, "by": str(by) if by else "", "evidence": evidence or []}
    episode.save(update_fields=["closed_at", "closing"])
    return True
