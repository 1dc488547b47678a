"""Reads raw records; what cannot be read is set aside with its payload and does not lose its page."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from released.clock import now
from sync.models import SetAside
from sync.scope import Scope
from sync.theirs import TheirContact, TheirDocument
from sync.wire.values import Record, UnreadableRecord

T = TypeVar("T", TheirDocument, TheirContact)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
IDS = ("InvoiceID", "CreditNoteID", "ContactID")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A record as it came, and as it was understood."""

    record: Any
    theirs: T


def read_all(
    scope: Scope, stream: str, records: Iterable[Any], reader: Callable[[Record], T]
) -> list[Read[T]]:
    """In the caller's transaction: the readable ones, the others set aside."""
    found: dict[Any, Read[T]] = {}
    for record in records:
        try:
            theirs = reader(_object(record))
        except UnreadableRecord as problem:
            keep_aside(scope, stream, record, str(problem))
        else:
            found[theirs.xero_id] = Read(record, theirs)
    _forget_readable(scope, [str(xero_id) for xero_id in found])
    return list(found.values())


def _object(record: Any) -> Record:
    if not isinstance(record, Mapping):
        raise UnreadableRecord("the record is not an object")
    return record


def keep_aside(scope: Scope, stream: str, record: Any, detail: str) -> None:
    """In the caller's transaction: the whole record, and why it was not applied."""
    named = record if isinstance(record, Mapping) else {}
    xero_id = next((str(named[name]) for name in IDS if named.get(name)), "")
    SetAside.objects.update_or_create(
        connection=scope.connection,
        xero_id=_storable(xero_id[:64]),
        defaults={
            "stream": stream,
            "reason": SetAside.Reason.UNREADABLE,
            "detail": _storable(detail[:300]),
            "payload": _storable(record),
            "at": now(),
        },
    )


def _storable(value: Any) -> Any:
    """As it is, but for what PostgreSQL keeps in no text: one character, and half ones."""
    if isinstance(value, Mapping):
        return {str(_storable(name)): _storable(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_storable(held) for held in value]
    return UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _forget_readable(scope: Scope, ids: list[str]) -> None:
    rows = SetAside.objects.filter(connection=scope.connection, reason=SetAside.Reason.UNREADABLE)
    if rows.exists():  # most often nothing is, and a list of a thousand ids costs more than asking
        rows.filter(xero_id__in=ids).delete()
