"""Xero's dates: milliseconds between slashes on the way out, that or ISO on the way in (docs/xero.md C)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

_MS = re.compile(r"^\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/$")


@lru_cache(maxsize=10_000)
def ms_date(value: date) -> str:
    stamp = int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000)
    return f"/Date({stamp}+0000)/"


def ms_stamp(stamp_ms: int) -> str:
    return f"/Date({stamp_ms}+0000)/"


def iso_stamp(stamp_ms: int) -> str:
    return datetime.fromtimestamp(stamp_ms // 1000, UTC).isoformat()[:19] + "Z"


@lru_cache(maxsize=10_000)
def date_string(value: date) -> str:
    return f"{value.isoformat()}T00:00:00"


def parse_date(text: str) -> date:
    """Raises ValueError for what is neither form."""
    if found := _MS.match(text):
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(found[1]))).date()
    return datetime.fromisoformat(text.replace("Z", "+00:00")).date()


def parse_since(text: str) -> int | None:
    """If-Modified-Since in milliseconds, cut to the second; an unreadable one is ignored."""
    for parse in (lambda raw: datetime.fromisoformat(raw.replace("Z", "+00:00")), parsedate_to_datetime):
        try:
            moment = parse(text.strip())
        except (ValueError, TypeError):
            continue
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(moment.timestamp()) * 1000
    return None
