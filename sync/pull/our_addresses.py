"""Documents in Xero that carry an address of ours under which nothing is known here.

A database that was restored has lost what it made since it was written; Xero has not. Such a document
comes here again under its old id, so that its address leads somewhere. An address that names another
document of ours is something else: a copy that somebody made in Xero, and for a person to look at.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from released.billing.models import Document
from released.billing.outside import OutsideDocument
from sync.pull.reading import Read
from sync.scope import uid_in
from sync.theirs import TheirDocument


def named_here(unknown: Sequence[Read[TheirDocument]]) -> set[UUID]:
    """The ids in their addresses that are documents of ours, of whichever company."""
    named = {uid for read in unknown if (uid := uid_in(read.theirs.url))}
    return set(Document.objects.filter(uid__in=named).values_list("uid", flat=True)) if named else set()


def with_old_ids(
    given: Sequence[tuple[OutsideDocument, dict[str, str]]], wanted: Sequence[TheirDocument]
) -> list[tuple[OutsideDocument, dict[str, str]]]:
    """The first of those that carry one address gets its id; a second one is a copy of it."""
    taken: set[UUID | None] = {None}
    made: list[tuple[OutsideDocument, dict[str, str]]] = []
    for (document, line_ids), theirs in zip(given, wanted, strict=True):
        uid = uid_in(theirs.url)
        made.append((document if uid in taken else replace(document, uid=uid), line_ids))
        taken.add(uid)
    return made
