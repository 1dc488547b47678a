"""Which organisation did the person just choose in Xero? Pure.

Xero's list holds every organisation that this Xero user ever connected, in any order (docs/xero.md
B). The first of it is a guess and is never taken. The authentication event of this consent
decides; where Xero kept an old event, the newest change decides, if it is newer than the consent;
else the person is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from integrations.organisations import Offered


@dataclass(frozen=True)
class Choice:
    """Either one organisation, or several to ask about, or none at all."""

    chosen: Offered | None
    candidates: tuple[Offered, ...] = ()


def choose(
    offered: Sequence[Offered], *, event_id: str | None, since: datetime, expected: UUID | None = None
) -> Choice:
    """What was granted. `since` is when this consent began; `expected` wins among several granted at once."""
    granted = _each_once([one for one in offered if event_id and one.auth_event_id == event_id])
    if not granted:
        granted = _newest(_each_once(offered), since)
    if not granted:
        return _only_or_ask(_each_once(offered))
    wanted = [one for one in granted if one.xero_tenant_id == expected]
    if wanted:
        return Choice(wanted[0])
    return Choice(granted[0]) if len(granted) == 1 else Choice(None, granted)


def _each_once(offered: Sequence[Offered]) -> tuple[Offered, ...]:
    """Should Xero list an organisation twice, its newest connection stands for it."""
    oldest = datetime.min.replace(tzinfo=UTC)
    by_age = sorted(offered, key=lambda one: (one.updated_at or oldest, one.created_at or oldest))
    newest = {one.xero_tenant_id: one for one in by_age}
    return tuple(one for one in offered if newest[one.xero_tenant_id] is one)


def _newest(offered: Sequence[Offered], since: datetime) -> tuple[Offered, ...]:
    """The one organisation whose connection changed since the consent began; nothing when that is unclear."""
    changed = [one for one in offered if one.updated_at and one.updated_at >= since]
    newest = max((one.updated_at for one in changed if one.updated_at), default=None)
    found = tuple(one for one in changed if one.updated_at == newest)
    return found if len(found) == 1 else ()


def _only_or_ask(offered: tuple[Offered, ...]) -> Choice:
    return Choice(offered[0]) if len(offered) == 1 else Choice(None, offered)
