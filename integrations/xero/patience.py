"""How long to leave Xero alone: its limits and Retry-After, with absurd values clamped (docs/xero.md D4)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHORTEST = 1.0
LONGEST = 86_400.0  # the longest of Xero's limits is a day

LIMITS = {
    "minute": ("minute", 30.0),
    "day": ("day", 3_600.0),
    "concurrent": ("concurrent", 2.0),
    "appminute": ("app minute", 30.0),
    "app-minute": ("app minute", 30.0),
    "app minute": ("app minute", 30.0),
}
UNNAMED = ("unnamed", 60.0)


def limit_of(headers: Mapping[str, str]) -> tuple[str, float]:
    """Which limit refused the call, and how long to wait when it doesn't say."""
    return LIMITS.get(headers.get("x-rate-limit-problem", "").strip().lower(), UNNAMED)


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds from Retry-After, given as seconds or as a date; None when absent or unreadable.

    A date is measured against the answer's own Date where it has one: Xero's clock, not ours.
    """
    given = headers.get("retry-after", "").strip()
    try:
        seconds = float(given)
    except ValueError:
        until = moment_in(given)
        if until is None:
            return None
        seconds = (until - (moment_in(headers.get("date", "")) or now or datetime.now(UTC))).total_seconds()
    if seconds != seconds:  # "nan" is a number to float()
        return None
    return min(max(seconds, SHORTEST), LONGEST)


def moment_in(text: str) -> datetime | None:
    """A header's date, aware; None for what is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
