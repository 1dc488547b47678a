"""Calendar time, shiftable under DEBUG."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.utils import timezone

REREAD_SECONDS = 1.0
_known: dict[str, float] = {"seconds": 0.0, "read_at": float("-inf")}


def now() -> datetime:
    """The calendar's present instant, aware, UTC."""
    return timezone.now() + timedelta(seconds=_shift())


def today(zone: ZoneInfo | None = None) -> date:
    """The calendar's present day in `zone` (the active time zone when none is given)."""
    return timezone.localdate(now(), zone)


def forget_shift() -> None:
    """Read the shift anew at the next call; for the command and for tests."""
    _known["read_at"] = float("-inf")


def _shift() -> float:
    if not settings.DEBUG:
        return 0.0
    if time.monotonic() - _known["read_at"] > REREAD_SECONDS:
        row = apps.get_model("clock", "ClockShift").objects.filter(pk=1).values_list("seconds", flat=True)
        _known["seconds"] = float(next(iter(row), 0))
        _known["read_at"] = time.monotonic()
    return _known["seconds"]
