"""Single values as Xero writes them (docs/xero.md C): dates in two forms, exact numbers, absent keys."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache, wraps
from typing import Any, TypeVar
from uuid import UUID

from sync.canonical import text

MS_DATE = re.compile(r"/Date\((-?\d+)([+-]\d{4})?\)/")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST, LEAST = Decimal(10**13), Decimal(-(10**13))  # what our columns hold
Record = Mapping[str, Any]
T = TypeVar("T")


class UnreadableRecord(ValueError):
    """A record of Xero's has a value that cannot be read; it is set aside whole."""


def whole(reader: Callable[[Record], T]) -> Callable[[Record], T]:
    """A reader of records that raises nothing but UnreadableRecord.

    An object may be a text, a text a list: what nobody foresaw must not lose a page or end a turn either.
    """

    @wraps(reader)
    def read(record: Record) -> T:
        try:
            return reader(record)
        except UnreadableRecord:
            raise
        except (AttributeError, TypeError, ValueError, LookupError, ArithmeticError) as problem:
            raise UnreadableRecord(f"its shape is unknown: {problem}") from problem

    return read


def moment_of(record: Record, name: str) -> datetime | None:
    """An instant, aware; None when absent."""
    given = record.get(name)
    if given in (None, ""):
        return None
    found = _instant(str(given))
    if found is None:
        raise UnreadableRecord(f"{name} is no date: {given!r}")
    return found


def day_of(record: Record, name: str) -> date | None:
    """A calendar day; Xero's midnight is UTC whatever the organisation's time zone."""
    given = record.get(name)
    if given in (None, ""):
        return None
    found = _day(str(given))
    if found is None:
        raise UnreadableRecord(f"{name} is no date: {given!r}")
    return found


@lru_cache(maxsize=4096)
def _day(given: str) -> date | None:
    """Remembered, since many documents share few days."""
    found = _instant(given)
    return found.date() if found else None


def _instant(given: str) -> datetime | None:
    """None for no date, and for one that no calendar of ours has."""
    match = MS_DATE.fullmatch(given)
    try:
        if match:
            return EPOCH + timedelta(milliseconds=int(match[1]))
        found = datetime.fromisoformat(given.replace("Z", "+00:00"))
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def required_day(record: Record, name: str) -> date:
    found = day_of(record, name)
    if found is None:
        raise UnreadableRecord(f"{name} is missing")
    return found


def decimal_of(record: Record, name: str, default: Decimal | None = None) -> Decimal:
    """An exact number. A float is refused: it would have lost pennies before it came here."""
    given = record.get(name)
    if type(given) is Decimal and LEAST < given < MOST:
        return given
    if given is None:
        return Decimal(0) if default is None else default
    if isinstance(given, float | bool):
        raise UnreadableRecord(f"{name} is no exact number: {given!r}")
    try:
        found = Decimal(given)
    except (InvalidOperation, TypeError, ValueError) as problem:
        raise UnreadableRecord(f"{name} is no number: {given!r}") from problem
    if not found.is_finite() or not LEAST < found < MOST:
        raise UnreadableRecord(f"{name} is no number: {given!r}")
    return found


def text_of(record: Record, name: str, most: int = 4000) -> str:
    """Raises UnreadableRecord for what our column could not hold: one odd text must not lose its page."""
    found = text(record.get(name))
    if len(found) > most or "\x00" in found:
        raise UnreadableRecord(f"{name} is too long, or no text: {found[:40]!r}")
    return found


def uuid_of(record: Record, name: str) -> UUID:
    given = record.get(name)
    try:
        return UUID(str(given))
    except ValueError as problem:
        raise UnreadableRecord(f"{name} is no id: {given!r}") from problem


def id_of(record: Record, name: str) -> str:
    """An id as our text of it."""
    given = record.get(name)
    return _known_id(given) if type(given) is str and len(given) == 36 else str(uuid_of(record, name))


@lru_cache(maxsize=4096)
def _known_id(given: str) -> str:
    """Remembered, since many documents share few contacts."""
    return str(uuid_of({"ContactID": given}, "ContactID"))


def records_of(record: Record, name: str) -> list[Record]:
    """A list of objects; null and absent are empty, as are odd entries."""
    given = record.get(name)
    if not given or type(given) is not list:
        return []
    return [item for item in given if type(item) is dict or isinstance(item, Mapping)]


def stamp_of(record: Any) -> datetime | None:
    """UpdatedDateUTC, or None when it cannot be read: the pull then advances by its other rows.

    .NET writes year 1 where it has no moment; nothing can be asked for from a second before that.
    """
    if not isinstance(record, Mapping):
        return None
    try:
        found = moment_of(record, "UpdatedDateUTC")
    except UnreadableRecord:
        return None
    return found if found is None or found >= EPOCH else None
