"""Reads again what seems to differ, whole and now, and lets it pass through the same decisions as a pull."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from sync.comparison.begun import Begun
from sync.pull.applying import apply_records
from sync.pull.import_new import stream_at
from sync.push.batching import MOST, most_changed
from sync.push.updates import read_again
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work

Found = dict[UUID, TheirDocument]
Batch = tuple[Sequence[UUID], Sequence[Any]]


def heal(work: Work, begun: Begun, endpoint: str, ids: Iterable[UUID], listed: Collection[UUID]) -> Found:
    """What Xero has of them now, after it was applied here. Once for each window, however often it begins."""
    found: Found = {}
    wanted = sorted(one for one in ids if not begun.has_read(one))
    for chosen, records in chain(_as_listed(begun, wanted), _by_their_ids(work, begun, endpoint, wanted)):
        readable = _readable(records)
        unlisted = {one: record for one, (_, record) in readable.items() if one not in listed}
        with work.settling("compare.healed"):
            apply_records(work.scope, stream_at(endpoint), records)
            begun.note(chosen, unlisted)
        found |= {one: theirs for one, (theirs, _) in readable.items()}
    return found


def _as_listed(begun: Begun, wanted: Sequence[UUID]) -> Iterator[Batch]:
    """What this turn has listed whole is applied as a pull applies its pages: no call is spent on it."""
    known = [one for one in wanted if one in begun.whole]
    for start in range(0, len(known), MOST):
        chosen = known[start : start + MOST]
        yield chosen, [begun.whole[one] for one in chosen]


def _by_their_ids(work: Work, begun: Begun, endpoint: str, wanted: Sequence[UUID]) -> Iterator[Batch]:
    missing = [one for one in wanted if one not in begun.whole]
    at_once = most_changed(endpoint)
    for start in range(0, len(missing), at_once):
        chosen = missing[start : start + at_once]
        yield chosen, read_again(work, endpoint, chosen)


def _readable(records: Sequence[Any]) -> dict[UUID, tuple[TheirDocument, Any]]:
    found: dict[UUID, tuple[TheirDocument, Any]] = {}
    for record in records:
        try:
            theirs = read_document(record)
        except UnreadableRecord:
            continue
        found[theirs.xero_id] = theirs, record
    return found
