"""The 90-day strip: which days were whole, which were broken, in colour, height and words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from released.web.words import count_text, day_text, names_text

LENGTH = 90
WIDTH, GAP, BASE = 6, 2, 40
HEIGHTS = {"ok": 20, "un": 30, "lost": 40, "off": 5}
WORSE = {"ok": 0, "un": 1, "lost": 2}


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included; an open one lasts until today. Kinds: un, lost, off."""

    kind: str
    first: date
    last: date | None


@dataclass(frozen=True)
class Strip:
    """One path per kind for the picture, and the words that say the same."""

    first: date
    last: date
    paths: dict[str, str]
    says: str
    unbroken: int

    @property
    def width(self) -> int:
        return LENGTH * (WIDTH + GAP) - GAP


def draw(spans: Sequence[Span], today: date, *, since: date | None) -> Strip:
    """The last 90 days up to today. `since`: when it was first connected; None if never."""
    first = today - timedelta(days=LENGTH - 1)
    days = [_kind(first + timedelta(days=offset), spans, since) for offset in range(LENGTH)]
    return Strip(first, today, _paths(days), _says(days, first), days.count("ok"))


def _kind(day: date, spans: Sequence[Span], since: date | None) -> str:
    """The worst that happened on a day; a day without any connection is neither good nor bad."""
    if since is None or day < since:
        return "off"
    there = [span.kind for span in spans if span.first <= day and (span.last is None or day <= span.last)]
    broken = [kind for kind in there if kind in WORSE]
    if broken:
        return max(broken, key=WORSE.__getitem__)
    return "off" if "off" in there else "ok"


def _paths(days: list[str]) -> dict[str, str]:
    paths = dict.fromkeys(HEIGHTS, "")
    for position, kind in enumerate(days):
        left = position * (WIDTH + GAP)
        # A broken day is a little wider than a whole one: a single bad day must not be overlooked.
        extra = 1 if kind in WORSE and kind != "ok" else 0
        top = BASE - HEIGHTS[kind]
        paths[kind] += f"M{left - extra} {top}h{WIDTH + 2 * extra}V{BASE}h-{WIDTH + 2 * extra}z"
    return {kind: path for kind, path in paths.items() if path}


def _says(days: list[str], first: date) -> str:
    last = first + timedelta(days=LENGTH - 1)
    parts = [
        f"{word} on {_some_days(days, kind, first)}"
        for kind, word in (("lost", "access lost"), ("un", "Xero unavailable"))
        if kind in days
    ]
    if "off" in days:
        parts.append(f"not connected for {count_text(days.count('off'), 'day')}")
    if "ok" in days:
        parts.append("connected on all other days" if parts else "connected on all days")
    return f"90 days, {day_text(first)} to {day_text(last)}: {', '.join(parts)}"


def _some_days(days: list[str], kind: str, first: date) -> str:
    found = [day_text(first + timedelta(days=at)) for at, there in enumerate(days) if there == kind]
    return names_text(found) if len(found) <= 5 else count_text(len(found), "day")
