"""How many calls an organisation still allows, counted across all workers in the broker's server.

60 a minute, 5 at once, a day's limit, the app's minute (docs/xero.md D). Counted over a sliding
minute, so that no fixed minute of Xero's can hold more; corrected from Xero's headers, since
others may call too and Xero lifts limits at times. Background work leaves a reserve for what a
person is waiting for. Nothing here sleeps: who gets no call comes back later. The counts may be
lost at any time; Xero's headers teach them again.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import redis
from django.conf import settings
from redis.commands.core import Script

from integrations.xero import patience
from integrations.xero.errors import Throttled

logger = logging.getLogger(__name__)
WINDOW_MS, FLIGHT_MS = 60_500, 40_000
MINUTE, AT_ONCE = 60, 5
RESERVES = (5, 1, 50, 500)  # of the minute, at once, of the day, of the app's minute
UNCOUNTED = "The calls to Xero can’t be counted just now."
UNREACHABLE_SECONDS = 5.0
MOST_DIGITS = 9
LUA = Path(__file__).parent / "lua"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known to be left; None where Xero has not said yet."""

    minute: int | None
    day: int | None


class Reserved(Throttled):
    """What is left is kept for what people wait for; whoever works in the background comes back later."""


class Allowance:
    """One turn's share. `for_person`: somebody is waiting for it, so the reserve may be used."""

    def __init__(self, xero_tenant_id: UUID, *, for_person: bool) -> None:
        self._keys = _keys(xero_tenant_id)
        self.for_person = for_person
        self.following = 0
        """How many calls have to follow the next one within the same minute, or it is made in vain."""
        self._together_since: int | None = None
        self._call = ""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Inside the block calls count from the first one's moment, by what our minute is longer than Xero's.

        Else a reading and its writing would each time come later by what lies between the two.
        """
        self._together_since = 0
        try:
            yield
        finally:
            self._together_since = None

    def take(self) -> None:
        """One call. Raises Throttled with the seconds after which it is worth asking again.

        It is Reserved where a person's call may pass all the same.
        """
        minute, at_once, day, app = (0, 0, 0, 0) if self.for_person else RESERVES
        self._call = str(uuid4())
        try:
            limit, moment, by_xero = self._run(
                "take.lua", WINDOW_MS, FLIGHT_MS, MINUTE, minute, AT_ONCE, at_once, day, app,
                self.following, self._together_since or 0,
            )  # fmt: skip
        except redis.RedisError as problem:  # without counting nothing is sent: all workers share the limits
            raise Throttled("counted", UNREACHABLE_SECONDS, UNCOUNTED) from problem
        if limit:
            kind = Throttled if by_xero or self.for_person else Reserved
            raise kind(limit.decode(), moment / 1000)
        if self._together_since == 0:
            self._together_since = moment

    def give_back(self) -> None:
        """The call was not made."""
        self._note("give_back.lua")

    def learn(self, headers: Mapping[str, str], status: int) -> None:
        """Correct the counts after a call, by what Xero says, however it spells the headers' names."""
        lowered = {name.lower(): value for name, value in headers.items()}
        stop = _stop(lowered) if status == 429 else ("", "")
        self._note("learn.lua", WINDOW_MS, MINUTE, *_remaining(lowered), *stop)

    def _note(self, script: str, *args: str | int) -> None:
        """After a call nothing may be raised: a write that was made would look like one that was not.

        A count that cannot be kept is learned again from the next answer.
        """
        try:
            self._run(script, *args)
        except redis.RedisError as problem:
            logger.warning("the calls to Xero could not be counted: %s", problem)

    def _run(self, script: str, *args: str | int) -> Any:
        return _script(script)(keys=self._keys, args=[self._call, *args], client=_server(settings.REDIS_URL))


def reading(xero_tenant_id: UUID) -> Reading:
    """What Xero last said is left, for the connection's page."""
    told = _server(settings.REDIS_URL).hmget(_keys(xero_tenant_id)[2], ["minute", "day"])
    minute, day = (int(float(value)) if value is not None else None for value in told)
    return Reading(minute, day)


def left_today(xero_tenant_id: UUID | None) -> int | None:
    """The day's calls that Xero last said are left; None where nobody knows, or the counts can't be asked."""
    if xero_tenant_id is None:
        return None
    try:
        return reading(xero_tenant_id).day
    except redis.RedisError:
        return None


def _remaining(headers: Mapping[str, str]) -> tuple[str, str, str]:
    names = ("x-minlimit-remaining", "x-daylimit-remaining", "x-appminlimit-remaining")
    minute, day, app = (headers.get(name, "") for name in names)
    return _digits(minute), _digits(day), _digits(app)


def _digits(value: str) -> str:
    """Empty for what is no count: neither a word nor a number of absurd length teaches us anything."""
    return value if value.isascii() and value.isdecimal() and len(value) < MOST_DIGITS else ""


def _stop(headers: Mapping[str, str]) -> tuple[str, str]:
    """Which limit, and for how many milliseconds: a day at most, or nobody would ever call again."""
    limit, default = patience.limit_of(headers)
    seconds = patience.retry_after(headers)
    return limit, str(int((default if seconds is None else seconds) * 1000))


def _keys(xero_tenant_id: UUID) -> list[str]:
    own = f"allowance:{xero_tenant_id}"
    return [f"{own}:calls", f"{own}:flying", f"{own}:told", "allowance:app:told"]


@lru_cache(maxsize=4)
def _server(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)


@lru_cache(maxsize=4)
def _script(name: str) -> Script:
    return _server(settings.REDIS_URL).register_script((LUA / name).read_text())
