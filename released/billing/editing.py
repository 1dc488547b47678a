"""What may still be done to a document. Pure: from kind, status and settlements to an answer with its reason.

The rules are Xero's (docs/xero.md C), so that a form says now what Xero would refuse later.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from released.billing.models.document import Document
from released.billing.models.kinds import Kind, Status


class Extent(Enum):
    """How much of a document may be changed."""

    ALL = "all"
    # What Xero still allows on a bill with payments: the reference and the due date.
    REFERENCE_AND_DUE_DATE = "reference and due date"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Facts:
    """All that the answers depend on."""

    kind: Kind
    status: Status
    settled: Decimal = Decimal(0)


@dataclass(frozen=True)
class Answer:
    """Whether, and if not or not wholly, why, in one plain sentence."""

    extent: Extent
    why: str = ""


def facts_of(document: Document) -> Facts:
    """A document's facts: what is settled is what was paid on it, credited to it or used of it."""
    return Facts(document.sort, document.state, document.amount_paid + document.amount_credited)


def editable(facts: Facts) -> Answer:
    """How much may be changed."""
    if facts.status in (Status.VOIDED, Status.DELETED):
        return Answer(Extent.NOTHING, f"This document is {facts.status.label.lower()} and stays as it is.")
    if facts.status != Status.PAID and not facts.settled:
        return Answer(Extent.ALL)
    if facts.kind == Kind.BILL:
        return Answer(
            Extent.REFERENCE_AND_DUE_DATE,
            "This bill has payments or credits on it, so Xero lets only its reference and due date change.",
        )
    return Answer(
        Extent.NOTHING,
        "Payments or credits are set against this document; Xero allows no change until they are removed.",
    )


def may_approve(facts: Facts) -> bool:
    """Drafts, and what was put forward for approval."""
    return facts.status.stays_here


def may_delete(facts: Facts) -> bool:
    """What was never approved is deleted; what was is voided."""
    return facts.status.stays_here


def may_void(facts: Facts) -> bool:
    """Approved, and nothing set against it."""
    return facts.status == Status.AUTHORISED and not facts.settled


def may_credit(facts: Facts) -> bool:
    """Invoices and bills that stand."""
    return not facts.kind.is_credit and facts.status in (Status.AUTHORISED, Status.PAID)
