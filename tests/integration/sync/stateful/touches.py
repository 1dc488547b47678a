"""What people wrote on either side since both last agreed, field by field: what a conflict can be owed to.

Kept by the hands that wrote it, cleared by comparing our row with the sandbox’s. The engine is not asked
what it thinks, only whether an answer of Xero’s is still outstanding.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from released.billing.models import Document
from sync.models import ContactLink, DeliveryItem, DocumentLink

Written = dict[str, Any]
CONTENT = ("reference", "due_date", "date", "lines", "contact")
LABELS = {"reference", "due_date"}
ENDED = ("VOIDED", "DELETED")


@dataclass
class Touches:
    """`here` by our id, `there` by Xero’s: what was last written into each field, since both agreed."""

    here: dict[int, Written] = field(default_factory=lambda: defaultdict(dict))
    there: dict[str, Written] = field(default_factory=lambda: defaultdict(dict))

    def note_agreements(self, connection_id: int, rows: dict[str, Any], chosen: set[int]) -> list[str]:
        """Forget what both sides hold alike by now. What was lost on the way: an edit that nobody gave up."""
        lost: list[str] = []
        for link, row in _settled(connection_id, rows):
            document, here, there = link.document, self.here[link.document_id], self.there[str(link.xero_id)]
            if document.status in ENDED and row["status"] in ENDED:
                _forget(here, there)
            lost += _revived(document, here, chosen)
            for name in CONTENT:
                if (name in here or name in there) and value_here(document, name) == value_there(row, name):
                    lost += _lost(document, name, value_there(row, name), here, there, chosen)
                    here.pop(name, None), there.pop(name, None)
            if not here and document.amount_paid == Decimal(str(row["amount_paid"])):
                there.pop("pay", None)
        return lost

    def owes_conflict(
        self, document_id: int, xero_id: str, clashing: list[str], *, has_base: bool, is_bill: bool
    ) -> bool:
        """Each field that clashes was written on both sides, or it was ended there and written here.

        Or it was written here and paid there: Xero then takes no change but to a bill’s labels.
        """
        here, there = set(self.here[document_id]), set(self.there[xero_id])
        names = {"void" if name == "is_alive" else name for name in clashing}
        if "void" in names and "void" in there:
            return bool(here)
        written = here & there if has_base else here | there
        if "pay" in there:
            written |= here - LABELS if is_bill else here
        return bool(names) and names <= written

    def clashing(self, connection_id: int) -> set[int]:
        """Documents of which one field was written on both sides."""
        links = DocumentLink.objects.filter(connection=connection_id, xero_id__isnull=False)
        return {
            link.document_id
            for link in links
            if set(self.here[link.document_id]) & set(self.there[str(link.xero_id)])
        }

    def owes_status(self, document_id: int, xero_id: str) -> bool:
        """Xero lets nobody change what was paid meanwhile."""
        return "pay" in self.there[xero_id] and bool(self.here[document_id])


def _forget(*sides: Written) -> None:
    for side in sides:
        side.clear()


def _settled(connection_id: int, rows: dict[str, Any]) -> Iterator[tuple[DocumentLink, Any]]:
    """Linked documents of which no answer is outstanding, each with Xero’s own row."""
    open_ones = DeliveryItem.objects.filter(is_open=True, document__isnull=False).values("document")
    links = DocumentLink.objects.filter(connection=connection_id, xero_id__isnull=False, excluded_at=None)
    for link in links.exclude(document__in=open_ones).select_related("document"):
        row = rows.get(str(link.xero_id))
        if row is not None:
            yield link, row


def _lost(
    document: Document, name: str, value: Any, here: Written, there: Written, chosen: set[int]
) -> Iterator[str]:
    """Both sides hold `value`: it must be what was written, and of two writers somebody must have chosen."""
    written = [side[name] for side in (here, there) if name in side]
    value = document.contact_id if name == "contact" else value
    gave_way = "pay" in there and document.pk in chosen
    if written and value not in written and not gave_way:
        yield f"{document} {name}: {written} was written, and both sides hold {value!r}"
    if len(written) == 2 and written[0] != written[1] and document.pk not in chosen:
        yield f"{document} {name}: {written} were written, and {value!r} won without a word"


def _revived(document: Document, here: Written, chosen: set[int]) -> Iterator[str]:
    """A void here that met a payment is given up by choice alone."""
    if "void" in here and document.status not in ENDED:
        here.pop("void")
        if document.pk not in chosen:
            yield f"{document}: it was voided here, and is {document.status} without a word"


def value_here(document: Document, name: str) -> Any:
    if name == "contact":
        link = ContactLink.objects.filter(contact=document.contact_id).first()
        return str(link.xero_id) if link and link.xero_id else f"our {document.contact_id}"
    if name == "lines":
        return document.total
    if name == "due_date":
        return "" if document.sort.is_credit else str(document.due_date or "")
    return str(getattr(document, name))


def value_there(row: dict[str, Any], name: str) -> Any:
    if name == "contact":
        return row["contact_id"]
    if name == "lines":
        return Decimal(str(row["total"]))
    if name == "due_date":
        return "" if "CREDIT" in row["type"] else row["due_date"] or ""
    return row[name] or ""
