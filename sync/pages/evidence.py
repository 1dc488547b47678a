"""The evidence of an episode as a timeline: newest first, times in the company's zone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from integrations.models import Episode


@dataclass(frozen=True)
class Seen:
    """One thing that was seen. `said` is Xero's own text."""

    at: datetime
    saw: str
    said: str
    is_loss: bool = False


def sights(episode: Episode) -> list[Seen]:
    seen = [
        Seen(at, one.get("saw", ""), one.get("said", "")) for one in episode.evidence if (at := _when(one))
    ]
    if episode.kind == Episode.Kind.LOST:
        seen.append(
            Seen(episode.opened_at, "Access marked as lost. Sending stopped; changes wait in line.", "", True)
        )
    return sorted(seen, key=lambda one: (one.at, one.is_loss), reverse=True)


def _when(one: dict[str, str]) -> datetime | None:
    return parse_datetime(one.get("at", ""))
