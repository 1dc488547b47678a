"""Finds likely pairs when a pull meets documents that are nobody's yet; keeps the rows true to both sides.

In the caller's fenced transaction. What is paired is not imported; what is paired no longer is taken up by
`sync.pull.reconsidering`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from released.billing.history import note_event
from released.billing.models import Document
from released.clock import now
from sync.models import LikelyPair, SetAside
from sync.pairs.apart import edges_apart
from sync.pairs.blocking import hold_or_let_go, open_pairs, release_theirs
from sync.pairs.likeness import Pair, pair_up
from sync.pairs.sides import our_traits, read_aside, set_aside_there, their_traits, unshared
from sync.scope import Scope, uid_in
from sync.theirs import TheirDocument


def pairs_among(scope: Scope, unknown: Sequence[TheirDocument], former: Collection[UUID]) -> set[str]:
    """The ids of those that may be one of ours: they are to be set aside and not imported.

    What ended, lies outside of the range or may be the result of a create of ours is no pair, or no
    longer. `former` are ids that a person gave up.
    """
    ids = {str(one.xero_id) for one in unknown}
    among = SetAside.objects.filter(connection=scope.connection, reason=SetAside.Reason.AMBIGUOUS)
    rows = among.filter(xero_id__in=ids)
    ambiguous = set(rows.values_list("xero_id", flat=True)) if among.exists() else set()
    fit = [
        one
        for one in unknown
        if one.is_approved
        and scope.range.covers(one.fields.date)
        and one.xero_id not in former
        and str(one.xero_id) not in ambiguous
        and uid_in(one.url) is None
    ]
    return find_pairs(scope, fit, unfit=ids - {str(one.xero_id) for one in fit})


def find_pairs(scope: Scope, fit: Sequence[TheirDocument], unfit: Collection[str] = ()) -> set[str]:
    """The ids of those of `fit` that are in an open pair now. Pairs of `unfit` are none any more.

    What was paired before with the same documents of ours is looked at once more: the closest wins.
    """
    ours = _worth(scope, fit)
    before = open_pairs(scope.connection)
    if not ours and not before.exists():
        return set()
    rivals = before.filter(document__in=ours).values_list("xero_id")
    earlier = read_aside(set_aside_there(scope.connection).filter(xero_id__in=rivals))
    theirs = {str(one.xero_id): one for one in [*earlier, *fit] if str(one.xero_id) not in unfit}
    _compare(scope, theirs, {*theirs, *unfit})
    paired = before.filter(xero_id__in=[str(one.xero_id) for one in fit])
    return set(paired.values_list("xero_id", flat=True))


def _worth(scope: Scope, theirs: Iterable[TheirDocument]) -> list[int]:
    """Ours for the same money: a cheap first sieve, which most pages pass with nothing in it."""
    money = {(one.kind.value, one.amounts.total) for one in theirs}
    rows = unshared(scope.connection).filter(total__in={total for _, total in money})
    return [pk for pk, *its in rows.values_list("pk", "kind", "total") if tuple(its) in money]


def _compare(scope: Scope, theirs: Mapping[str, TheirDocument], looked_at: Collection[str]) -> None:
    ours = _locked(scope, theirs.values())
    apart = edges_apart(scope.connection, ours)
    pairs = pair_up(our_traits(scope, ours), their_traits(theirs.values()), apart)
    documents = {document.pk: document for document in ours}
    rows = open_pairs(scope.connection).filter(xero_id__in=looked_at)
    before = {(row.document_id, row.xero_id): row for row in rows}
    wanted = {(int(pair.ours), pair.theirs): pair for pair in pairs}
    for at, pair in wanted.items():
        _put(scope, before.get(at), pair, documents[at[0]], theirs[at[1]].number)
    gone = before.keys() - wanted.keys()
    rows.filter(pk__in=[before[at].pk for at in gone]).delete()
    release_theirs(scope.connection, {xero_id for _, xero_id in gone})
    hold_or_let_go(scope.connection, {document for document, _ in before.keys() | wanted.keys()})


def _locked(scope: Scope, theirs: Iterable[TheirDocument]) -> list[Document]:
    """Asked again under lock: a person may just have linked one of them (`sync.pairs.settling`)."""
    wanted = _worth(scope, theirs)
    list(Document.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    rows = unshared(scope.connection).filter(pk__in=wanted)
    return list(rows.select_related("contact").order_by("pk"))


def _put(scope: Scope, row: LikelyPair | None, pair: Pair, document: Document, number: str) -> None:
    found = {
        "says": pair.likeness.says,
        "is_strong": pair.likeness.is_strong,
        "revision": document.revision,
    }
    if row is not None:
        LikelyPair.objects.filter(pk=row.pk).update(**found)
        return
    LikelyPair.objects.create(
        connection=scope.connection, document=document, xero_id=pair.theirs, found_at=now(), **found
    )
    called = f" as {number}" if number else ""
    note_event(document, "likely pair", f"May be in Xero already{called}. {pair.likeness.says}")
