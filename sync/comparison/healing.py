"""Reads again what seems to differ, whole and now, and lets it pass through the same decisions as a pull."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sync.comparison.begun import Begun
from sync.pull.applying import apply_records
from sync.pull.import_new import stream_at
from sync.push.batching import most_changed
from sync.push.updates import read_again
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work

Found = dict[UUID, TheirDocument]


def heal(work: Work, begun: Begun, endpoint: str, ids: Iterable[UUID], listed: Collection[UUID]) -> Found:
    """What Xero has of them now, after it was applied here. Once for each window, however often it begins."""
    found: Found = {}
    wanted = sorted(one for one in ids if not begun.has_read(one))
    at_once = most_changed(endpoint)
    for start in range(0, len(wanted), at_once):
        chosen = wanted[start : start + at_once]
        records = read_again(work, endpoint, chosen)
        readable = _readable(records)
        unlisted = {one: record for one, (_, record) in readable.items() if one not in listed}
        with work.settling("compare.healed"):
            apply_records(work.scope, stream_at(endpoint), records)
            begun.note(chosen, unlisted)
        found |= {one: theirs for one, (theirs, _) in readable.items()}
    return found


def _readable(records: Sequence[Any]) -> dict[UUID, tuple[TheirDocument, Any]]:
    found: dict[UUID, tuple[TheirDocument, Any]] = {}
    for record in records:
        try:
            theirs = read_document(record)
        except UnreadableRecord:
            continue
        found[theirs.xero_id] = theirs, record
    return found
