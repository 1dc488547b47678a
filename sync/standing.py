"""Where each document stands between here and Xero, said by the database itself.

One closed list of standings, decided in the order of `STANDINGS`: the first that fits is the answer, so that
a list, its filter, its counts and the amount that waits can never disagree. `sync.states` turns a standing
into a colour, a shape and a word.
"""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from integrations.models import Connection
from released.billing.models import Document, Status
from released.portfolio.models import Company
from sync.models import Conflict, DeliveryItem

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Standing(TypedDict):
        """What `with_standing` adds."""

        has_conflict: bool
        is_under_way: bool
        standing: str


EXCLUDED, CONFLICT, DRAFT, IN_XERO = "excluded", "conflict", "draft", "in_xero"
NOT_CONNECTED, HELD, REFUSED, SENDING, WAITING = "not_connected", "held", "refused", "sending", "waiting"

NEVER_SHARED = Q(shared_revision=0, link__xero_id__isnull=True)
UNFINISHED = Q(status__in=[Status.DRAFT, Status.SUBMITTED])
ENDED = Q(status__in=[Status.VOIDED, Status.DELETED])
AGREED = Q(revision=F("shared_revision"))
ALL_TIME = Q(company__connection__all_time=True) | Q(company__connection__sync_from__isnull=True)
DATED_IN = Q(date__gte=F("company__connection__sync_from"))
AGREED_IN = Q(link__agreed_date__gte=F("company__connection__sync_from"))
UNCONNECTED = Q(company__connection__isnull=True) | Q(
    company__connection__state=Connection.State.DISCONNECTED
)

STANDINGS: tuple[tuple[str, Q], ...] = (
    (EXCLUDED, Q(link__excluded_at__isnull=False)),
    (CONFLICT, Q(has_conflict=True)),
    (DRAFT, NEVER_SHARED & (UNFINISHED | ENDED)),
    (IN_XERO, AGREED),
    (NOT_CONNECTED, UNCONNECTED),
    (HELD, ~(ALL_TIME | DATED_IN | AGREED_IN)),
    (REFUSED, Q(link__blocked_revision=F("revision"))),
    (SENDING, Q(is_under_way=True)),
)


def with_standing(documents: QuerySet[Document]) -> "QuerySet[WithAnnotations[Document, Standing]]":
    """The documents with `standing`, one of the names above."""
    conflicts = Conflict.objects.filter(document=OuterRef("pk"), resolved_at__isnull=True)
    under_way = DeliveryItem.objects.filter(document=OuterRef("pk"), is_open=True)
    known = documents.annotate(has_conflict=Exists(conflicts), is_under_way=Exists(under_way))
    cases = [When(condition, then=Value(name)) for name, condition in STANDINGS]
    return known.annotate(standing=Case(*cases, default=Value(WAITING), output_field=CharField()))


def waiting(companies: QuerySet[Company] | list[Company]) -> "QuerySet[WithAnnotations[Document, Standing]]":
    """The documents whose latest change is on its way to Xero: it waits, or is being sent."""
    # Spelled out as in the partial index `document_pending`, which makes this cheap.
    pending = Document.objects.filter(~AGREED & ~UNFINISHED, company__in=companies)
    return with_standing(pending).filter(standing__in=[WAITING, SENDING])
