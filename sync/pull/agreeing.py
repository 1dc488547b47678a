"""The bases after a write that Xero has carried out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from released.clock import now
from sync.canonical import DocumentFields, freeze, names_of, thaw_document
from sync.decide import Base, settled_base
from sync.matching.translating import Words, outward
from sync.pull.known import Known
from sync.pull.taking import line_ids
from sync.theirs import TheirDocument


def agree_on(
    words: Words,
    known: Known,
    sent: Mapping[str, Any],
    theirs: TheirDocument,
    *,
    is_create: bool,
    answered: bool,
) -> None:
    """Move the link's bases by what was sent, each in its side's words.

    A create sends everything, so everything of its answer is agreed to. What a look-up found is no
    answer: a person may have changed it since, so both bases become what was sent, and the
    difference is theirs (docs/protocols.md 2.7).
    """
    base = known.base
    if is_create or base is None:
        ours = thaw_document(sent["fields"])
        moved = Base(ours, theirs.fields if answered else outward(words, ours))
    else:
        moved = settled_base(base, _values(base.ours, sent["fields"]), theirs.fields)
    link = known.link
    link.base_ours, link.base_theirs = freeze(moved.ours), freeze(moved.theirs)
    link.agreed_date, link.agreed_at = moved.ours.date, now()
    keys = [UUID(key) for key in sent["line_keys"]]
    if keys and len(keys) == len(theirs.lines):
        link.line_ids = line_ids(theirs, keys)
    link.save(update_fields=["xero_id", "base_ours", "base_theirs", "agreed_date", "agreed_at", "line_ids"])


def _values(base: DocumentFields, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The sent fields as values; those that were not sent keep the base."""
    whole = thaw_document(freeze(base) | dict(sent))
    return {name: getattr(whole, name) for name in names_of(whole) if name in sent}
