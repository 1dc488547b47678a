"""A person's word on likely pairs: the same, or two.

Each word is one transaction under the document's lock, and what follows from it is found again from the
rows by the next turn: a linked document is read and decided like any that changed here, and of two that
are kept apart Xero's is imported and ours is sent. So a crash in between loses nothing and doubles nothing.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Q

from integrations.models import Connection
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event
from released.clock import now
from sync.models import DocumentLink, LikelyPair, SetAside
from sync.order import hold
from sync.pairs.blocking import hold_or_let_go, open_pairs, release_theirs
from sync.pairs.sides import called, unshared
from sync.signals import ring


def certain_pairs(connection: Connection) -> list[LikelyPair]:
    """Alike in contact, total and date, with no other that either of them may be."""
    rows = list(open_pairs(connection).select_related("connection__company"))
    times = Counter(key for row in rows for key in (row.document_id, row.xero_id))
    return [row for row in rows if row.is_strong and times[row.document_id] == times[row.xero_id] == 1]


def link_all(connection: Connection, *, by: User) -> int:
    """Link every certain pair; how many there were. Raises PermissionDenied."""
    require(by, RESOLVE, connection.company)
    linked = sum(_link(pair, by=by) for pair in certain_pairs(connection))
    ring(connection.pk)
    return linked


def link_pair(pair: LikelyPair, *, by: User) -> bool:
    """“They are the same”: one document from now on; where they differ, the next turn shows a conflict.

    False if either of them changed so that it cannot be said any more. Raises PermissionDenied.
    """
    require(by, RESOLVE, pair.connection.company)
    is_done = _link(pair, by=by)
    ring(pair.connection_id)
    return is_done


@transaction.atomic
def _link(pair: LikelyPair, *, by: User) -> bool:
    aside = _locked(pair)
    ours = unshared(pair.connection).filter(pk=pair.document_id)
    taken = DocumentLink.objects.filter(connection=pair.connection_id, xero_id=pair.xero_id)
    if aside is None or not ours.exists() or taken.exists():
        return False
    link, _ = DocumentLink.objects.get_or_create(
        document_id=pair.document_id, defaults={"connection": pair.connection}
    )
    link.xero_id, link.base_ours, link.base_theirs, link.line_ids = pair.xero_id, None, None, {}
    link.save(update_fields=["xero_id", "base_ours", "base_theirs", "line_ids"])
    note_event(pair.document, "linked", f"{by} said that {called(aside)} in Xero is the same", by=by)
    aside.delete()  # it is read afresh before anything is decided: it may have changed there meanwhile
    _forget(pair)
    return True


@transaction.atomic
def keep_apart(pair: LikelyPair, *, by: User) -> bool:
    """“These are two”: ours is sent, Xero's comes here, and nobody is asked again.

    False when it was settled meanwhile. Raises PermissionDenied.
    """
    require(by, RESOLVE, pair.connection.company)
    aside = _locked(pair)
    if aside is None:
        return False
    LikelyPair.objects.filter(pk=pair.pk).update(apart_at=now(), apart_by=by)
    note_event(pair.document, "kept apart", f"{by} said that {called(aside)} in Xero is another", by=by)
    release_theirs(pair.connection, [pair.xero_id])
    hold_or_let_go(pair.connection, [pair.document_id])
    ring(pair.connection_id)
    return True


def _locked(pair: LikelyPair) -> SetAside | None:
    """What Xero has, with ours locked first as everywhere; None once somebody has settled the pair."""
    rivals = open_pairs(pair.connection).filter(xero_id=pair.xero_id).values_list("document_id", flat=True)
    hold({pair.document_id, *rivals})
    rows = SetAside.objects.select_for_update().filter(connection=pair.connection_id, xero_id=pair.xero_id)
    aside = rows.first()
    return aside if open_pairs(pair.connection).filter(pk=pair.pk).exists() else None


def _forget(pair: LikelyPair) -> None:
    """Neither of the two can be anything else now; whatever else they might have been is free again."""
    connection = pair.connection
    rows = open_pairs(connection).filter(Q(document=pair.document_id) | Q(xero_id=pair.xero_id))
    documents, theirs = set(), set()
    for document, xero_id in rows.values_list("document_id", "xero_id"):
        documents.add(document)
        theirs.add(xero_id)
    rows.delete()
    release_theirs(connection, theirs)
    hold_or_let_go(connection, documents)
