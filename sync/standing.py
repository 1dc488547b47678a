"""Where each document stands between here and Xero, said by the database itself.

One closed list of standings, decided in the order of `STANDINGS`: the first that fits is the answer, so that
a list, its filter, its counts and the amount that waits can never disagree. `sync.states` turns a standing
into a colour, a shape and a word.
"""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from integrations.models import Connection
from released.billing.models import Document
from released.portfolio.models import Company
from sync.conditions import (
    AGREED,
    BLOCKED,
    CHANGED,
    ENDED,
    IN_RANGE,
    KEPT_OUT,
    NOT_THERE,
    UNDECIDED,
    UNFINISHED,
    has_conflict,
    on_its_way,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Standing(TypedDict):
        """What `with_standing` adds."""

        has_conflict: bool
        is_under_way: bool
        standing: str


EXCLUDED, CONFLICT, DRAFT, IN_XERO = "excluded", "conflict", "draft", "in_xero"
NOT_CONNECTED, HELD, REFUSED, SENDING, WAITING = "not_connected", "held", "refused", "sending", "waiting"
UNCLEAR = "unclear"

UNCONNECTED = Q(company__connection__isnull=True) | Q(
    company__connection__state=Connection.State.DISCONNECTED
)

STANDINGS: tuple[tuple[str, Q], ...] = (
    (EXCLUDED, KEPT_OUT),
    (CONFLICT, Q(has_conflict=True) & ~UNCONNECTED),
    (DRAFT, NOT_THERE & (UNFINISHED | ENDED)),
    (IN_XERO, AGREED),
    (NOT_CONNECTED, UNCONNECTED),
    (UNCLEAR, UNDECIDED),
    (HELD, ~IN_RANGE),
    (REFUSED, BLOCKED),
    (SENDING, Q(is_under_way=True)),
)


def with_standing(documents: QuerySet[Document]) -> "QuerySet[WithAnnotations[Document, Standing]]":
    """The documents with `standing`, one of the names above."""
    known = documents.annotate(has_conflict=has_conflict(), is_under_way=on_its_way())
    cases = [When(condition, then=Value(name)) for name, condition in STANDINGS]
    return known.annotate(standing=Case(*cases, default=Value(WAITING), output_field=CharField()))


def waiting(companies: QuerySet[Company] | list[Company]) -> "QuerySet[WithAnnotations[Document, Standing]]":
    """The documents whose latest change is on its way to Xero: it waits, or is being sent."""
    pending = Document.objects.filter(CHANGED, company__in=companies)
    return with_standing(pending).filter(standing__in=[WAITING, SENDING])
