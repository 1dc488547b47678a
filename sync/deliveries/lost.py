"""What keeps getting lost: a document at which Xero fails every time must not hold its batch up for ever.

Each time that a delivery had to be looked up and did not land, its things go out again in half as many at
once, apart from those that were never lost, until the culprit is alone. Alone and lost again it becomes a
problem that a person sees, if others went through meanwhile: while Xero fails at everything, nothing is
blamed, and all of it waits. If nothing else was sent that could tell, it becomes a problem too, but one that
every thorough run tries again. How often is a query over deliveries, so no crash can miscount.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet

from integrations.models import Connection
from sync.causes import Refusal
from sync.deliveries.failing import LOST, is_suspect, is_to_blame
from sync.deliveries.saving import Parcel
from sync.models import ContactLink, Delivery, DeliveryItem, DocumentLink, Problem
from sync.problems import block_contact, block_document, unblock
from sync.push.batching import MOST
from sync.scope import Scope

GIVEN_UP_AFTER = 7  # 50, 25, 12, 6, 3, and twice alone: about an hour
SAYS = "Xero fails with an error of its own each time {name} is sent. Change it, or try again later."


def note_lost(delivery: Delivery) -> None:
    """It was looked up: what is still pending did not land."""
    Delivery.objects.filter(pk=delivery.pk).update(outcome=delivery.outcome | LOST)


def times_lost(name: str, things: Iterable[int]) -> Counter[int]:
    """{id: how often its present revision was lost}; `name` is "document" or "contact"."""
    return Counter(_lost(name, things).values_list(f"{name}_id", flat=True))


def _lost(name: str, things: Iterable[int]) -> QuerySet[DeliveryItem]:
    rows = DeliveryItem.objects.filter(delivery__outcome__lost=True, revision=F(f"{name}__revision"))
    return rows.filter(**{f"{name}__in": list(things)})


def apart(name: str, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Those that were lost least often, and the fewer at once the more often that was."""
    lost = times_lost(name, [parcel.thing.pk for parcel in parcels])
    if not lost:
        return list(parcels)
    fewest = min(lost[parcel.thing.pk] for parcel in parcels)
    same = [parcel for parcel in parcels if lost[parcel.thing.pk] == fewest]
    return same[: max(1, MOST >> fewest)]


def give_up(scope: Scope, item: DeliveryItem) -> None:
    """In the looking-up transaction, of what is not there: enough is enough."""
    name, thing = ("document", item.document) if item.document else ("contact", item.contact)
    if thing is None or times_lost(name, [thing.pk])[thing.pk] < GIVEN_UP_AFTER:
        return
    lost = _deliveries(name, thing.pk)
    if not is_to_blame(lost) and not is_suspect(lost):
        return
    subject = item.document.number if item.document else str(thing)
    refusal = Refusal(Problem.Cause.VALIDATION.value, subject[:255], SAYS.format(name=subject)[:500], "")
    defaults = {"connection": scope.connection}
    if item.document is not None:
        link, _ = DocumentLink.objects.get_or_create(document=item.document, defaults=defaults)
        block_document(link, item.document, item.revision, refusal)
    elif item.contact is not None:
        of_contact, _ = ContactLink.objects.get_or_create(contact=item.contact, defaults=defaults)
        block_contact(of_contact, item.revision, refusal)


def try_suspects_again(connection: Connection) -> None:
    """In every thorough run: what was all that Xero failed at may have met an outage that is over by now.

    It is given up again with its next loss, and for good once others went through before that.
    """
    ours = Q(problem__cause=Problem.Cause.VALIDATION, problem__xero_says="", connection=connection)
    for name, model in (("document", DocumentLink), ("contact", ContactLink)):
        for link in model._default_manager.filter(ours).select_related("problem"):
            if _is_suspect(name, link.pk):
                unblock(link)


def _is_suspect(name: str, thing: int) -> bool:
    """Given up without any other thing that went through between its losses."""
    return times_lost(name, [thing])[thing] >= GIVEN_UP_AFTER and not is_to_blame(_deliveries(name, thing))


def _deliveries(name: str, thing: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=_lost(name, [thing]).values("delivery"))
