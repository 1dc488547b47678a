"""Keeps likely pairs true when ours changed: before anything is imported or sent.

Xero's side is looked at whenever a pull reads it again (`sync.pull.import_new`).
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Cast

from integrations.models import Connection
from sync.models import DocumentLink, LikelyPair, Problem
from sync.pairs.blocking import hold_or_let_go, open_pairs
from sync.pairs.finding import find_pairs
from sync.pairs.sides import read_aside, set_aside_there, unshared
from sync.pull.known import by_xero_id
from sync.work import Work


def is_stale(connection: Connection) -> bool:
    """Whether a pair was found on another revision of ours, or one of its sides is gone."""
    return _untrue(connection).exists() or _held_without(connection).exists()


def refresh(work: Work) -> None:
    """Where something changed, compare all that waits once more; what is alike no more is let go."""
    connection = work.scope.connection
    if not is_stale(connection):
        return
    with work.settling("pairs.refreshed"):
        theirs = read_aside(set_aside_there(connection))
        concerned = set(open_pairs(connection).values_list("document_id", flat=True))
        concerned |= set(_held_without(connection).values_list("document_id", flat=True))
        taken = by_xero_id(work.scope, [one.xero_id for one in theirs])
        open_pairs(connection).exclude(xero_id__in=[str(one.xero_id) for one in theirs]).delete()
        free = [one for one in theirs if one.xero_id not in taken]
        find_pairs(work.scope, free, unfit={str(one) for one in taken})
        hold_or_let_go(connection, concerned)


def _untrue(connection: Connection) -> QuerySet[LikelyPair]:
    pairs, aside = open_pairs(connection), set_aside_there(connection)
    is_same = Q(document__in=unshared(connection), revision=F("document__revision"))
    is_held = Q(document__link__problem__cause=Problem.Cause.LIKELY_PAIR)
    is_excluded = Q(document__link__excluded_at__isnull=False)
    is_aside = Exists(aside.filter(xero_id=OuterRef("xero_id")))
    links = DocumentLink.objects.filter(connection=connection)
    is_taken = Exists(links.filter(xero_id=Cast(OuterRef("xero_id"), UUIDField())))
    return pairs.exclude(is_same & (is_held | is_excluded) & is_aside & ~is_taken)


def _held_without(connection: Connection) -> QuerySet[DocumentLink]:
    """Ours that are held for a pair that is no more."""
    held = DocumentLink.objects.filter(connection=connection, problem__cause=Problem.Cause.LIKELY_PAIR)
    return held.exclude(Exists(open_pairs(connection).filter(document=OuterRef("document"))))
