"""Reads again what seems to differ, whole and now, and lets it pass through the same decisions as a pull."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sync.pull.applying import apply_records
from sync.pull.import_new import stream_at
from sync.push.batching import MOST
from sync.push.updates import read_again
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work


def heal(work: Work, endpoint: str, ids: Iterable[UUID]) -> dict[UUID, TheirDocument]:
    """What Xero has of them now, after it was applied here."""
    found: dict[UUID, TheirDocument] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), MOST):
        records = read_again(work, endpoint, wanted[start : start + MOST])
        with work.settling("compare.healed"):
            apply_records(work.scope, stream_at(endpoint), records)
        found |= _readable(records)
    return found


def _readable(records: Sequence[Any]) -> dict[UUID, TheirDocument]:
    found: dict[UUID, TheirDocument] = {}
    for record in records:
        try:
            theirs = read_document(record)
        except (UnreadableRecord, AttributeError):
            continue
        found[theirs.xero_id] = theirs
    return found
