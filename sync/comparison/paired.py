"""Likely pairs in a comparison: differences that a person settles, and not what one side lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from integrations.models import Connection
from released.billing.models import Document
from sync.pairs.blocking import open_pairs
from sync.theirs import TheirDocument

Paired = Mapping[UUID, list[Document]]


def paired(connection: Connection) -> Paired:
    """{Xero's id: ours that it may be}."""
    found: dict[UUID, list[Document]] = defaultdict(list)
    for pair in open_pairs(connection).select_related("document"):
        found[UUID(pair.xero_id)].append(pair.document)
    return dict(found)


def is_as_paired(pairs: Paired, there: TheirDocument) -> bool:
    """Nothing to read again: it is set aside with the money that it was found with."""
    totals: set[Decimal] = {document.total for document in pairs.get(there.xero_id, ())}
    return there.is_approved and there.amounts.total in totals


def differences_of_pairs(pairs: Paired, theirs: Mapping[UUID, TheirDocument]) -> Iterator[dict[str, Any]]:
    for xero_id in pairs.keys() & theirs.keys():
        there = theirs[xero_id]
        for document in pairs[xero_id]:
            yield {
                "document": document.pk,
                "xero_id": str(xero_id),
                "number": document.number,
                "what": f"May be {there.number} in Xero" if there.number else "May be in Xero already",
                "here": str(document.total),
                "xero": str(there.amounts.total),
            }
