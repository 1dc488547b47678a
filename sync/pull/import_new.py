"""Documents that are in Xero only become documents here; whatever may be one of ours is set aside instead."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from released.billing.outside_many import create_documents
from released.clock import now
from released.copying import as_json, copy_rows
from sync.canonical import ContactFields, freeze
from sync.matching.translating import inward
from sync.models import DeliveryItem, DocumentLink, Problem, SetAside
from sync.pairs.apart import tell_imported
from sync.pairs.finding import pairs_among
from sync.pull.contact_ids import ours_by_xero_id
from sync.pull.our_addresses import named_here, with_old_ids
from sync.pull.reading import Read
from sync.pull.taking import new_document
from sync.scope import Scope, uid_in
from sync.theirs import TheirDocument
from sync.wire.kinds import FORMS

SAYS = "Taken over from Xero"
LINK_COLUMNS = (
    "document_id", "xero_id", "agreed_date", "line_ids", "base_ours", "base_theirs",
    "connection_id", "agreed_at", "former_ids",
)  # fmt: skip


def import_new(scope: Scope, unknown: Sequence[Read[TheirDocument]]) -> int:
    """How many were made here. In the caller's transaction.

    Drafts stay in Xero as ours stay here; what has ended there without ever having been here is
    nothing; and while a create of ours is open, any unknown document of its type may be its result
    (docs/protocols.md 2.5).
    """
    waiting = kinds_being_created(scope)
    former = _given_up(scope, [read.theirs.xero_id for read in unknown])
    undecided, copied = _undecided(scope, unknown), named_here(unknown)
    paired = pairs_among(scope, [read.theirs for read in unknown], former)
    wanted: list[TheirDocument] = []
    for read in unknown:
        theirs = read.theirs
        if not scope.range.covers(theirs.fields.date) or theirs.xero_id in former:
            continue
        if str(theirs.xero_id) in paired:
            set_aside(scope, read, SetAside.Reason.LIKELY_PAIR)
        elif theirs.kind in waiting or str(theirs.xero_id) in undecided:
            set_aside(scope, read, SetAside.Reason.CREATE_OPEN)
        elif uid_in(theirs.url) in copied:
            set_aside(scope, read, SetAside.Reason.AMBIGUOUS, "It carries the address of another document.")
        elif theirs.is_approved:
            wanted.append(theirs)
    if wanted:
        _create(scope, wanted)
    return len(wanted)


def kinds_being_created(scope: Scope) -> set[str]:
    """The kinds of which an unknown document in Xero may be one of ours: a create is open or ambiguous."""
    items = DeliveryItem.objects.filter(is_open=True, document__isnull=False)
    items = items.filter(delivery__connection=scope.connection, delivery__is_create=True)
    unsettled = DocumentLink.objects.filter(
        connection=scope.connection, xero_id=None, problem__cause=Problem.Cause.AMBIGUOUS
    )
    return set(items.values_list("document__kind", flat=True)) | set(
        unsettled.values_list("document__kind", flat=True)
    )


def _undecided(scope: Scope, unknown: Sequence[Read[TheirDocument]]) -> set[str]:
    """Candidates that wait for a person's decision."""
    waiting = (SetAside.Reason.AMBIGUOUS, SetAside.Reason.LIKELY_PAIR)
    rows = SetAside.objects.filter(connection=scope.connection, reason__in=waiting)
    if not rows.exists():
        return set()
    rows = rows.filter(xero_id__in=[str(read.theirs.xero_id) for read in unknown])
    return set(rows.values_list("xero_id", flat=True))


def set_aside(scope: Scope, read: Read[TheirDocument], reason: SetAside.Reason, detail: str = "") -> None:
    """Keep the record whole, in its latest form; the place may move on."""
    latest = {"stream": stream_of(read.theirs), "payload": read.record, "at": now()}
    SetAside.objects.update_or_create(
        connection=scope.connection,
        xero_id=str(read.theirs.xero_id),
        defaults=latest,
        create_defaults=latest | {"reason": reason, "detail": detail},
    )


def stream_of(theirs: TheirDocument) -> str:
    return stream_at(FORMS[theirs.kind].endpoint)


def stream_at(endpoint: str) -> str:
    return "invoices" if endpoint == "Invoices" else "credit_notes"


def _given_up(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Ids that a person gave up by choosing ours over a document that is gone in Xero."""
    rows = DocumentLink.objects.filter(connection=scope.connection).exclude(former_ids=[])
    former = {UUID(one) for found in rows.values_list("former_ids", flat=True) for one in found}
    return former.intersection(ids)


def in_our_words(scope: Scope, theirs: TheirDocument) -> TheirDocument:
    """As it is to be here; the same object where nothing is matched."""
    fields = inward(scope.words, theirs.fields)
    return theirs if fields is theirs.fields else replace(theirs, fields=fields)


def _bases(ours: TheirDocument, theirs: TheirDocument) -> tuple[str, str]:
    """(`base_ours`, `base_theirs`), each in its side's words."""
    base = as_json(freeze(theirs.fields))
    return (base if ours is theirs else as_json(freeze(ours.fields))), base


def _create(scope: Scope, wanted: Sequence[TheirDocument]) -> None:
    named = {one.fields.contact: ContactFields(one.contact_name, "") for one in wanted}
    known = ours_by_xero_id(scope, {UUID(contact): fields for contact, fields in named.items()})
    contacts = {str(xero_id): pk for xero_id, pk in known.items()}
    read = [in_our_words(scope, one) for one in wanted]
    given = with_old_ids([new_document(one, contacts[one.fields.contact]) for one in read], wanted)
    made = create_documents(scope.company, [document for document, _ in given], says=SAYS)
    agreed = (scope.connection.pk, now(), "[]")
    copy_rows(
        DocumentLink,
        LINK_COLUMNS,
        (
            (pk, theirs.xero_id, theirs.fields.date, as_json(ids), *_bases(ours, theirs), *agreed)
            for pk, theirs, ours, (_, ids) in zip(made, wanted, read, given, strict=True)
        ),
    )
    tell_imported(scope.connection, {str(one.xero_id): pk for pk, one in zip(made, wanted, strict=True)})
