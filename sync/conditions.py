"""What holds a document back, or lets it go, each condition said once, over rows of `Document`.

`sync.pending` puts them together for the engine, `sync.standing` for people: since both are made of the
same conditions, a document that people are told is waiting is one that the engine sends.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from released.billing.models import Status
from released.revisions import BEHIND
from sync.models import Conflict, DeliveryItem, Problem

STAY_HERE = (Status.DRAFT, Status.SUBMITTED)
AGREED = Q(revision=F("shared_revision"))
UNFINISHED = Q(status__in=STAY_HERE)
CHANGED = ~UNFINISHED & BEHIND
"""Approved, and Xero has yet to agree to it: written as the partial index `document_pending` has it."""
ENDED = Q(status__in=(Status.VOIDED, Status.DELETED))
NOT_THERE = Q(link__isnull=True) | Q(link__xero_id__isnull=True)
NEVER_THERE = ENDED & NOT_THERE
"""Ended before Xero ever had it: there is nothing to say to Xero."""
KEPT_OUT = Q(link__excluded_at__isnull=False)
UNDECIDED = Q(link__problem__cause__in=Problem.UNDECIDED)
"""It may be in Xero already, and a person has yet to say so: an edit here must not slip past that."""
BLOCKED = UNDECIDED | (Q(link__blocked_revision__isnull=False) & Q(link__blocked_revision=F("revision")))
"""The others are refused or in conflict at this very revision; a new one is tried by itself."""


def shared_since(start: Any) -> Q:
    """`Range.covers`: dated in the range, or agreed in it and leaving it with this very change.

    `start` is a day, or an expression that gives one.
    """
    return Q(date__gte=start) | Q(link__agreed_date__gte=start)


def has_conflict(*, locked: bool = False) -> Exists:
    """Nobody has chosen yet between both sides. `locked`: because of a payment or credit in Xero."""
    rows = Conflict.objects.filter(document=OuterRef("pk"), resolved_at__isnull=True)
    return Exists(rows.exclude(locked=[]) if locked else rows)


def awaits_a_person() -> Q:
    """A conflict, or what may be in Xero already: only a person lets it go, no new date or edit does."""
    return UNDECIDED | Q(has_conflict())


def on_its_way() -> Exists:
    """In an open delivery."""
    return Exists(DeliveryItem.objects.filter(document=OuterRef("pk"), is_open=True))


def contact_on_its_way() -> Exists:
    """Its contact was sent and is not known to be there: only the documents that name it have to wait."""
    rows = DeliveryItem.objects.filter(contact=OuterRef("contact"), is_open=True, delivery__is_create=True)
    return Exists(rows)


# The range of a document's own company, for queries over many of them.
COVERS_ALL = Q(company__connection__all_time=True) | Q(company__connection__sync_from__isnull=True)
IN_RANGE = COVERS_ALL | shared_since(F("company__connection__sync_from"))
