"""When a run expects to end: by its pace so far, and by the calls that Xero allows. Pure.

Nothing is promised before there is something to go by. What Xero allows is a bound that no pace can beat, and
known before the first call: a hundred thousand documents take an hour however fast anybody's computers are.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from released.web.words import count_text, number_text
from sync.allowance import MINUTE, RESERVES
from sync.pull.listing import PAGE_SIZE
from sync.push.batching import MOST

LEAST, SECONDS = 5, 5
CALLS_A_BATCH = 2  # read again, or the contacts first, and then the documents themselves


@dataclass(frozen=True, slots=True)
class Pace:
    """`today`: how many calls Xero allows today, None if unknown. `sending_for`: since the first sending."""

    today: int | None = None
    sending_for: timedelta | None = None


def calls_to_read(documents: int) -> int:
    return math.ceil(documents / PAGE_SIZE)


def calls_to_send(documents: int) -> int:
    return CALLS_A_BATCH * math.ceil(documents / MOST)


def estimate(done: int, total: int, elapsed: timedelta, *, calls: int = 0, today: int | None = None) -> str:
    """About 3 minutes left. `calls` are still needed, and `today` so many are allowed."""
    if done >= total:
        return ""
    if today is not None and calls > max(0, today - RESERVES[2]):
        needed, allowed = number_text(calls), number_text(today)
        return (
            f"About {needed} calls are needed and Xero allows {allowed} more today: the rest follows later."
        )
    allowed_in = 60 * calls / (MINUTE - RESERVES[0])
    paced = _paced(done, total, elapsed)
    if allowed_in >= 60 and (paced is None or allowed_in > paced):
        return f"Xero allows {MINUTE} calls a minute; about {_minutes(allowed_in)} left."
    if paced is None:
        return ""
    if paced < 60:
        return "Less than a minute left, at the pace so far."
    return f"About {_minutes(paced)} left, at the pace so far."


def _paced(done: int, total: int, elapsed: timedelta) -> float | None:
    seconds = elapsed.total_seconds()
    return (total - done) * seconds / done if done >= LEAST and seconds >= SECONDS else None


def _minutes(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    return count_text(minutes, "minute") if minutes < 90 else count_text(round(minutes / 60), "hour")
