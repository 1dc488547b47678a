"""Documents in Xero that may be one of ours: shown to a person, who says which, or that none is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from released.billing.models import Document
from sync.models import Problem, SetAside


@dataclass(frozen=True)
class Candidate:
    """What Xero holds, in a few facts from the payload that was kept."""

    pk: int
    document: Document | None
    number: str
    contact: str
    dated: date | None
    total: Decimal | None
    status: str


def candidates(problem: Problem) -> list[Candidate]:
    """Of an ambiguous problem; none for every other cause."""
    if problem.cause != Problem.Cause.AMBIGUOUS:
        return []
    rows = SetAside.objects.filter(
        connection=problem.connection_id, reason=SetAside.Reason.AMBIGUOUS, document__link__problem=problem
    )
    return [_candidate(row) for row in rows.select_related("document")]


def _candidate(row: SetAside) -> Candidate:
    held: dict[str, Any] = row.payload
    total = held.get("Total")
    return Candidate(
        pk=row.pk,
        document=row.document,
        number=str(held.get("InvoiceNumber") or held.get("CreditNoteNumber") or "without number"),
        contact=str((held.get("Contact") or {}).get("Name") or ""),
        dated=parse_date(str(held.get("DateString") or "")[:10]),
        total=Decimal(str(total)) if total is not None else None,
        status=str(held.get("Status") or ""),
    )
