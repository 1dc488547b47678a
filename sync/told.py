"""Reads what Xero’s webhooks named: by its ids and in batches, one call instead of one for every list.

Nothing of an event is believed but that something happened (docs/xero.md E2). What its ids do not show
is read by the lists: an unknown category, an id that is none or that Xero does not answer, more than
lists would cost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from integrations.xero.errors import Refused
from released.clock.database import database_now
from sync.models import PullPlace, Run, WebhookEvent
from sync.models.place import Stream
from sync.pull.pages import ENDPOINTS, PARAMS, apply_page
from sync.push.batching import MOST
from sync.push.updates import read_again
from sync.runs import count_pull
from sync.work import Work

STREAMS = {"CONTACT": Stream.CONTACTS, "INVOICE": Stream.INVOICES, "CREDITNOTE": Stream.CREDIT_NOTES}
AT_ONCE = {Stream.CONTACTS: MOST, Stream.INVOICES: MOST, Stream.CREDIT_NOTES: 1}
LISTS = len(Stream)
ID_NAMES = {Stream.CONTACTS: "ContactID", Stream.INVOICES: "InvoiceID", Stream.CREDIT_NOTES: "CreditNoteID"}


@dataclass(frozen=True, slots=True)
class Batch:
    """One call: the records that it asks for."""

    stream: Stream
    ids: tuple[UUID, ...]


def read_told(work: Work) -> bool:
    """True when all that was told before the run began is read by now; False where the lists have to be."""
    if work.run.trigger != Run.Trigger.WEBHOOK or _is_listing(work):
        return False
    found = batches(unheeded(work).values_list("category", "resource_id"))
    return bool(found) and all(_read(work, batch) for batch in found)


def unheeded(work: Work) -> QuerySet[WebhookEvent]:
    """What was told before the run began."""
    books = work.scope.connection.xero_tenant_id
    events = WebhookEvent.objects.filter(received_at__lte=work.run.began_at, handled_at=None)
    return events.filter(xero_tenant_id=books) if books else events.none()


def batches(told: Iterable[tuple[str, str]]) -> list[Batch]:
    """The calls for these (category, id), contacts first; none where the lists cost no more or show more."""
    wanted: dict[Stream, dict[UUID, None]] = {stream: {} for stream in Stream}
    for category, resource in told:
        stream, xero_id = STREAMS.get(category.upper()), _id(resource)
        if stream is None or xero_id is None:
            return []
        wanted[stream][xero_id] = None
    found = [batch for stream, ids in wanted.items() for batch in _cut(stream, tuple(ids))]
    return found if len(found) <= LISTS else []


def _cut(stream: Stream, ids: Sequence[UUID]) -> Iterator[Batch]:
    size = AT_ONCE[stream]
    for start in range(0, len(ids), size):
        yield Batch(stream, tuple(ids[start : start + size]))


def _is_listing(work: Work) -> bool:
    """Whether lists are under way, or were read in an earlier turn of this run."""
    read = Q(is_under_way=True) | Q(completed_at__gte=work.run.began_at)
    return PullPlace.objects.filter(read, connection=work.scope.connection).exists()


def _read(work: Work, batch: Batch) -> bool:
    """Whether Xero answered all of it. What came is applied; events are heeded with what they named."""
    records = _ask(work, batch)
    name = ID_NAMES[batch.stream]
    came = {_id(record.get(name)) for record in records if isinstance(record, Mapping)}
    is_whole = came.issuperset(batch.ids)
    with work.settling("pull.told"):
        count_pull(work.run, apply_page(work.scope, batch.stream, records), expected=len(records))
        if is_whole:
            _heed(work, batch)
    return is_whole


def _ask(work: Work, batch: Batch) -> list[Any]:
    """Nothing where Xero refuses the question: then the lists are read."""
    try:
        if batch.stream != Stream.CONTACTS:
            return read_again(work, ENDPOINTS[batch.stream], batch.ids)
        work.before_call()
        ids = ",".join(map(str, batch.ids))
        return list(work.books.list("Contacts", params=PARAMS[batch.stream] | {"IDs": ids}).records)
    except Refused:
        return []


def _heed(work: Work, batch: Batch) -> None:
    """Ids are compared as ids: Xero may write them in capitals."""
    rows = unheeded(work).values_list("pk", "category", "resource_id")
    read = [
        pk
        for pk, category, resource in rows
        if STREAMS.get(category.upper()) == batch.stream and _id(resource) in batch.ids
    ]
    WebhookEvent.objects.filter(pk__in=read).update(handled_at=database_now())


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
