"""How often a company is read unasked: less often where Xero allows few calls a day (docs/xero.md D1).

Reading every five minutes costs 864 calls a day. Of 5,000 that is little; of 1,000 next to nothing is left
for what is to be sent. Pure.
"""

from datetime import timedelta

from django.conf import settings

ENOUGH = 2 * 3 * 288  # for the usual readings of a day, three calls each, and for as much besides
MOST = 6


def next_reading(left_today: int | None) -> timedelta:
    """From one reading to the next. `left_today`: what Xero last said of the day's calls, None if unknown."""
    times = 1.0 if left_today is None else min(MOST, max(1.0, ENOUGH / max(left_today, 1)))
    return times * _usual()


def furthest() -> timedelta:
    """No reading is ever set further ahead; one that is stands there because the calendar was moved back."""
    return (MOST + 1) * _usual()


def _usual() -> timedelta:
    return timedelta(seconds=settings.SYNC_PULL_EVERY)
