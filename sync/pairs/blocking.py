"""Holds our documents back while a person has not yet said whether Xero has them already.

The rows of `LikelyPair` are the truth; what follows from them for a document, its problem, is made
here and nowhere else. An edit makes a new revision, and that must not slip past: `sync.conditions`
holds a document with this problem back at any revision.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync.models import DocumentLink, LikelyPair, Problem, SetAside
from sync.order import hold
from sync.problems import close_if_empty, unblock

SAYS = "Xero has a document that looks the same. Compare the two, then link them or keep both."


def open_pairs(connection: Connection) -> QuerySet[LikelyPair]:
    """What a person has still to decide."""
    return LikelyPair.objects.filter(connection=connection, apart_at=None)


def release_theirs(connection: Connection, xero_ids: Iterable[str]) -> None:
    """Those of them that are in no open pair any more are imported, or linked, when the next turn begins."""
    ids = set(xero_ids)
    still = open_pairs(connection).filter(xero_id__in=ids).values_list("xero_id", flat=True)
    rows = SetAside.objects.filter(
        connection=connection, xero_id__in=ids - set(still), reason=SetAside.Reason.LIKELY_PAIR
    )
    rows.update(reason=SetAside.Reason.CREATE_OPEN, document=None)


def hold_or_let_go(connection: Connection, documents: Iterable[int]) -> None:
    """After pairs came or went, in the same transaction."""
    wanted = set(documents)
    hold(wanted)
    held = set(open_pairs(connection).filter(document__in=wanted).values_list("document_id", flat=True))
    for document in Document.objects.filter(pk__in=wanted).order_by("pk"):
        if document.pk in held:
            _hold(connection, document)
        else:
            _let_go(document)


def _hold(connection: Connection, document: Document) -> None:
    """An excluded document is held already; including it asks again."""
    link, _ = DocumentLink.objects.get_or_create(document=document, defaults={"connection": connection})
    if link.excluded_at is not None:
        return
    before, link.problem = link.problem, _problem(connection)
    link.blocked_revision = document.revision
    link.save(update_fields=["blocked_revision", "problem"])
    if before is not None and before != link.problem:
        close_if_empty(before)


def _let_go(document: Document) -> None:
    of_pairs = DocumentLink.objects.filter(document=document, problem__cause=Problem.Cause.LIKELY_PAIR)
    for link in of_pairs.select_related("problem"):
        unblock(link)


def _problem(connection: Connection) -> Problem:
    """One for all pairs of a connection."""
    problem, _ = Problem.objects.get_or_create(
        connection=connection,
        cause=Problem.Cause.LIKELY_PAIR,
        subject="",
        closed_at=None,
        defaults={"says": SAYS, "opened_at": now()},
    )
    return problem
