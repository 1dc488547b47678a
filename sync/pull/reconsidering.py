"""Takes up what was set aside: once the outcome of a create is known, or a likely pair is settled."""

from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from sync.deliveries.seen import settle_seen
from sync.models import SetAside
from sync.pairs.refreshing import refresh
from sync.pull.applying import apply_documents
from sync.pull.import_new import kinds_being_created
from sync.pull.reading import Read, read_all
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.kinds import KINDS
from sync.work import Work

AT_ONCE = 200
ADDRESS = r"/d/[0-9a-fA-F-]{36}"  # as in `scope.uid_in`


def reconsider(work: Work) -> None:
    """What is linked by now is applied, what is nobody's is imported, what must still wait is left.

    However much there is, and whatever waits before it: so many at once, until the turn is over. What is
    set aside anew meanwhile is for the next time.
    """
    refresh(work)
    last = _set_aside(work).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return
    _settle_seen(work)
    after = _take_up(work, 0, last)
    while after is not None and not work.is_over:
        after = _take_up(work, after, last)


def _set_aside(work: Work) -> QuerySet[SetAside]:
    return SetAside.objects.filter(
        connection=work.scope.connection, reason=SetAside.Reason.CREATE_OPEN
    ).order_by("pk")


def _settle_seen(work: Work) -> None:
    """Those with an address may be what a create that is still open has made; then nothing waits for it."""
    if not kinds_being_created(work.scope):
        return
    marked, after = _set_aside(work).filter(payload__Url__regex=ADDRESS), 0
    while rows := list(marked.filter(pk__gt=after)[:AT_ONCE]):
        with work.settling("pull.reconsidered"):
            settle_seen(work, _read(work, rows))
        after = rows[-1].pk


def _take_up(work: Work, after: int, last: int) -> int | None:
    """Some of those that wait for nothing; the last of them, or None if there was no more."""
    with work.settling("pull.reconsidered"):
        waiting = kinds_being_created(work.scope)
        types = [name for name, kind in KINDS.items() if kind not in waiting]
        free = _set_aside(work).filter(payload__Type__in=types, pk__gt=after, pk__lte=last)
        rows = list(free[:AT_ONCE])
        reads = _read(work, rows)
        ids = [str(read.theirs.xero_id) for read in reads]
        SetAside.objects.filter(connection=work.scope.connection, xero_id__in=ids).delete()
        apply_documents(work.scope, reads)
    return rows[-1].pk if rows else None


def _read(work: Work, rows: list[SetAside]) -> list[Read[TheirDocument]]:
    """It could be read when it was set aside; where our reading became stricter since, that is noted."""
    found: list[Read[TheirDocument]] = []
    for stream, some in groupby(sorted(rows, key=attrgetter("stream")), attrgetter("stream")):
        found += read_all(work.scope, stream, [row.payload for row in some], read_document)
    return found
