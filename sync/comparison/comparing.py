"""The comparison of one window: both sides, healed where they differ, and what is left of the difference."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sync.comparison.begun import Begun
from sync.comparison.healing import heal
from sync.comparison.paired import Paired, differences_of_pairs, is_as_paired, paired
from sync.comparison.rows import differing, their_row
from sync.comparison.sides import Held, Ours, Theirs, ours_of, read_ours
from sync.models import DeliveryItem, DocumentLink
from sync.pull.known import by_xero_id
from sync.scope import uid_in
from sync.theirs import TheirDocument
from sync.wire.kinds import FORMS
from sync.work import Work

Difference = dict[str, Any]


@dataclass(frozen=True)
class Left:
    """Documents about which nothing can be said: excluded here, or part of an open delivery."""

    ids: frozenset[UUID]
    uids: frozenset[UUID]

    def has(self, one: TheirDocument) -> bool:
        return one.xero_id in self.ids or uid_in(one.url) in self.uids


def compare_window(work: Work, begun: Begun, found: Theirs) -> tuple[Ours, Theirs, list[Difference]]:
    """Both sides as they are after healing, and what a person has to look at. `found`: as Xero lists them."""
    left, window = _left_out(work), begun.window
    theirs, ours = _but(left, begun.found() | found), read_ours(work, window)
    doubtful = _doubtful(ours, theirs, paired(work.scope.connection))
    for endpoint in ("Invoices", "CreditNotes"):
        wanted = [one for one, at in doubtful.items() if at == endpoint]
        theirs |= _but(left, heal(work, begun, endpoint, wanted, found))
    if doubtful:
        ours = read_ours(work, window)
    return ours, theirs, list(_differences(work, ours, theirs, set(doubtful)))


def _left_out(work: Work) -> Left:
    links = DocumentLink.objects.filter(connection=work.scope.connection, xero_id__isnull=False)
    on_their_way = DeliveryItem.objects.filter(is_open=True, delivery__connection=work.scope.connection)
    documents = on_their_way.filter(document__isnull=False)
    excluded = Q(excluded_at__isnull=False) | Q(document__in=documents.values("document"))
    return Left(
        frozenset(one for one in links.filter(excluded).values_list("xero_id", flat=True) if one),
        frozenset(documents.values_list("document__uid", flat=True)),
    )


def _but(left: Left, theirs: Theirs) -> Theirs:
    return {one: found for one, found in theirs.items() if not left.has(found)}


def _doubtful(ours: Ours, theirs: Theirs, pairs: Paired) -> dict[UUID, str]:
    """Ids that differ, that one side lacks, or that the other side holds under another date."""
    found = {
        one: FORMS[there.kind].endpoint
        for one, there in theirs.items()
        if _differs(ours, one, there) and not is_as_paired(pairs, there)
    }
    for one, held in ours.by_xero_id.items():
        if one not in theirs:
            found[one] = FORMS[held.row.kind].endpoint
    return found


def _differs(ours: Ours, one: UUID, there: TheirDocument) -> bool:
    held = ours.by_xero_id.get(one)
    if held is None:
        return there.is_approved
    return any(differing(held.row, their_row(there)))


def _differences(work: Work, ours: Ours, theirs: Theirs, healed: set[UUID]) -> Iterator[Difference]:
    links = by_xero_id(work.scope, healed)
    again = ours_of(work, [link.document_id for link in links.values()])
    pairs = paired(work.scope.connection)
    yield from differences_of_pairs(pairs, theirs)
    waiting = {document.pk for documents in pairs.values() for document in documents}
    for one in healed - pairs.keys():
        yield from _of_pair(again, one, theirs.get(one))
    for held in ours.by_id.values():
        if held.held_back and held.pk not in waiting:
            there = theirs.get(held.xero_id) if held.xero_id else None
            in_xero = str(there.amounts.total) if there else ""
            yield _difference(
                held, held.xero_id, "Held back", str(held.row.total), in_xero, why=held.held_back
            )
    yield from _twice(theirs.values())


def _of_pair(ours: Ours, one: UUID, there: TheirDocument | None) -> Iterator[Difference]:
    held = ours.by_xero_id.get(one)
    if held is None:
        if there is not None and there.is_approved:
            yield _of_theirs(there, "Only in Xero", "")
    elif there is None:
        yield _difference(held, one, "Not found in Xero", str(held.row.total), "")
    elif not held.is_pending:
        for what, here, xero in differing(held.row, their_row(there)):
            yield _difference(held, one, what, str(here or ""), str(xero or ""))


def _twice(theirs: Iterable[TheirDocument]) -> Iterator[Difference]:
    """Two documents in Xero with one address of ours: the one window that is left (docs/protocols.md 2.8)."""
    living = [one for one in theirs if one.is_approved and uid_in(one.url)]
    counts = Counter(one.url for one in living)
    for one in living:
        if counts[one.url] > 1:
            yield _of_theirs(one, "Twice in Xero", "one")


def _difference(
    held: Held, xero_id: UUID | None, what: str, here: str, xero: str, *, why: str = ""
) -> Difference:
    """`here` and `xero` are text as it was found: amounts without a currency, which the document has."""
    return {
        "document": held.pk,
        "xero_id": str(xero_id or ""),
        "number": held.number,
        "what": what,
        "here": here,
        "xero": xero,
        "why": why,
    }


def _of_theirs(there: TheirDocument, what: str, here: str) -> Difference:
    """Of a document that only Xero has, so that its currency is told with it."""
    return {
        "document": None,
        "xero_id": str(there.xero_id),
        "number": there.number,
        "what": what,
        "here": here,
        "xero": str(there.amounts.total),
        "currency": there.fields.lines.currency,
    }
