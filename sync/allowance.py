"""How many calls an organisation still allows, counted across all workers in the broker's server.

60 a minute, 5 at once, a day's limit, the app's minute (docs/xero.md D). Counted over a sliding
minute, so that no fixed minute of Xero's can hold more; corrected from Xero's headers, since
others may call too and Xero lifts limits at times. Background work leaves a reserve for what a
person is waiting for. Nothing here sleeps: who gets no call comes back later. The counts may be
lost at any time; Xero's headers teach them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

import redis
from django.conf import settings

from integrations.xero.errors import Throttled

WINDOW_MS, FLIGHT_MS = 60_500, 40_000
MINUTE, AT_ONCE = 60, 5
RESERVE_MINUTE, RESERVE_AT_ONCE, RESERVE_DAY, RESERVE_APP = 5, 1, 50, 500
UNREACHABLE_SECONDS = 5.0
LUA = Path(__file__).parent / "lua"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known to be left; None where Xero has not said yet."""

    minute: int | None
    day: int | None


class Allowance:
    """One turn's share. `for_person`: somebody is waiting for it, so the reserve may be used."""

    def __init__(self, xero_tenant_id: UUID, *, for_person: bool) -> None:
        self._keys = _keys(xero_tenant_id)
        self._reserves = (
            (0, 0, 0, 0) if for_person else (RESERVE_MINUTE, RESERVE_AT_ONCE, RESERVE_DAY, RESERVE_APP)
        )
        self._call = ""

    def take(self) -> None:
        """One call. Raises Throttled with the seconds after which it is worth asking again."""
        minute, at_once, day, app = self._reserves
        self._call = str(uuid4())
        args = [self._call, WINDOW_MS, FLIGHT_MS, MINUTE, minute, AT_ONCE, at_once, day, app]
        try:
            limit, wait = _script("take.lua")(keys=self._keys, args=args, client=_server(settings.REDIS_URL))
        except redis.RedisError as problem:
            raise Throttled(
                "counted", UNREACHABLE_SECONDS, "The calls to Xero can’t be counted just now."
            ) from problem
        if limit:
            raise Throttled(limit.decode(), wait / 1000)

    def give_back(self) -> None:
        """The call was not made."""
        server = _server(settings.REDIS_URL)
        server.zrem(self._keys[0], self._call)
        server.zrem(self._keys[1], self._call)

    def learn(self, headers: Mapping[str, str], status: int) -> None:
        """Correct the counts after a call. A count that cannot be kept is learned from the next answer."""
        stop = _stop(headers) if status == 429 else ("", "")
        args = [self._call, WINDOW_MS, MINUTE, *_remaining(headers), *stop]
        try:
            _script("learn.lua")(keys=self._keys, args=args, client=_server(settings.REDIS_URL))
        except redis.RedisError as problem:
            raise Throttled(
                "counted", UNREACHABLE_SECONDS, "The calls to Xero can’t be counted just now."
            ) from problem


def reading(xero_tenant_id: UUID) -> Reading:
    """What Xero last said is left, for the connection's page."""
    told = _server(settings.REDIS_URL).hmget(_keys(xero_tenant_id)[2], ["minute", "day"])
    minute, day = (int(float(value)) if value is not None else None for value in told)
    return Reading(minute, day)


def _remaining(headers: Mapping[str, str]) -> tuple[str, str, str]:
    names = ("X-MinLimit-Remaining", "X-DayLimit-Remaining", "X-AppMinLimit-Remaining")
    minute, day, app = (headers.get(name, "") for name in names)
    return _digits(minute), _digits(day), _digits(app)


def _digits(value: str) -> str:
    return value if value.isdecimal() else ""


def _stop(headers: Mapping[str, str]) -> tuple[str, str]:
    """Which limit, and for how many milliseconds; Xero gives the seconds for minute and day only."""
    limit = headers.get("X-Rate-Limit-Problem", "minute").lower()
    seconds = headers.get("Retry-After", "")
    if seconds.isdecimal():
        return limit, str(int(seconds) * 1000)
    return limit, "1000" if limit == "concurrent" else "15000"


def _keys(xero_tenant_id: UUID) -> list[str]:
    own = f"allowance:{xero_tenant_id}"
    return [f"{own}:calls", f"{own}:flying", f"{own}:told", "allowance:app:told"]


@lru_cache(maxsize=4)
def _server(url: str) -> "redis.Redis[bytes]":
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)


@lru_cache(maxsize=4)
def _script(name: str) -> "redis.commands.core.Script":
    return _server(settings.REDIS_URL).register_script((LUA / name).read_text())
