"""Reads likely pairs for the page that shows them: both sides of each, in our words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects

from released.billing.models import Document
from sync.matching.translating import inward
from sync.models import LikelyPair
from sync.ours import document_fields
from sync.pages.beside import Row, Side, beside
from sync.pairs.blocking import open_pairs
from sync.pairs.sides import read_aside, set_aside_there
from sync.pull.known import contact_ids
from sync.scope import Scope
from sync.theirs import TheirDocument


@dataclass(frozen=True)
class Beside:
    """One pair as it is shown. `is_one_of`: how many in Xero this document may be."""

    pair: LikelyPair
    number: str
    rows: list[Row]
    is_one_of: int

    @property
    def agrees(self) -> bool:
        return not any(row.differs for row in self.rows)


def besides(scope: Scope, pairs: Sequence[LikelyPair]) -> list[Beside]:
    """Those whose two sides are still there; the others were settled a moment ago."""
    rows = set_aside_there(scope.connection).filter(xero_id__in=[pair.xero_id for pair in pairs])
    theirs = {str(one.xero_id): one for one in read_aside(rows)}
    contacts = contact_ids(scope, {pair.document.contact_id for pair in pairs})
    prefetch_related_objects([pair.document for pair in pairs], "line_items")
    candidates = _candidates(scope, pairs)
    found = []
    for pair in pairs:
        there = theirs.get(pair.xero_id)
        if there is not None:
            here = _ours(pair.document, contacts.get(pair.document.contact_id))
            shown = beside(here, _theirs(scope, here, there), pair.document.company.locale)
            found.append(Beside(pair, there.number, shown, candidates[pair.document_id]))
    return found


def _candidates(scope: Scope, pairs: Sequence[LikelyPair]) -> dict[int, int]:
    """How many each document may be, also those on another page."""
    documents = {pair.document_id for pair in pairs}
    counts: dict[int, int] = defaultdict(int)
    rows = open_pairs(scope.connection).filter(document__in=documents)
    for document in rows.values_list("document_id", flat=True):
        counts[document] += 1
    return counts


def _ours(document: Document, contact: UUID | None) -> Side:
    fields = document_fields(document, list(document.line_items.all()), contact)
    return Side(document.number, document.contact.name, fields, document.total)


def _theirs(scope: Scope, ours: Side, theirs: TheirDocument) -> Side:
    fields = inward(scope.words, theirs.fields, ours.fields.lines.items)
    return Side(theirs.number, theirs.contact_name, fields, theirs.amounts.total)
