"""Reading the envelope of an accounting answer (docs/xero.md C2): pure, and lenient with what is in it.

A record that is not an object is handed on as it is, so that one odd record never loses its page;
an answer without its collection is an error, never an empty list.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

COLLECTIONS = {"organisation": "Organisations", "history": "HistoryRecords"}
_identifier = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class Unexpected(ValueError):
    """The answer is JSON, but not the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """`records` as Xero sent them: fractions are Decimal, whole numbers int, nothing is a float.

    `item_count` and `page_count` are Xero's counts of the whole list where it gives them; `size` is bytes on
    the wire; `answered_at` is Xero's own clock when it answered, where it says.
    """

    records: list[Any] = field(repr=False)
    item_count: int | None = None
    size: int = 0
    page_count: int | None = None
    answered_at: datetime | None = None


def collection_of(endpoint: str) -> str:
    """The key that holds the records: the last word of the path that is no id, as Xero spells it."""
    words = [part for part in endpoint.strip("/").split("/") if part and not _identifier.fullmatch(part)]
    name = words[-1] if words else endpoint
    return COLLECTIONS.get(name.lower(), name)


def records(content: Any, collection: str) -> list[Any]:
    """The records of an answer. Raises Unexpected."""
    if not isinstance(content, dict):
        raise Unexpected("the answer is not an object")
    found = [value for name, value in content.items() if name.lower() == collection.lower()]
    if len(found) != 1 or not isinstance(found[0], list):
        raise Unexpected(f"the answer has no list of {collection}")
    return found[0]


def page(content: Any, collection: str, size: int, answered_at: datetime | None = None) -> Page:
    """One page. Raises Unexpected."""
    pagination = content.get("pagination") if isinstance(content, dict) else None
    told = pagination if isinstance(pagination, dict) else {}
    return Page(
        records(content, collection),
        _count(told, "itemCount"),
        size,
        page_count=_count(told, "pageCount"),
        answered_at=answered_at,
    )


def _count(told: dict[str, Any], name: str) -> int | None:
    count = told.get(name)
    return count if type(count) is int else None


def modified_since(moment: datetime) -> str:
    """If-Modified-Since as Xero reads it: UTC, to the second (C4)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
