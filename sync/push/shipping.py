"""Sends a saved delivery and settles it; a batch refused as a whole is split until the cause is alone."""

from collections.abc import Callable

from integrations.xero.errors import NotFound, Refused
from sync.causes import Refusal, refusal_of
from sync.deliveries.sending import send
from sync.deliveries.settling import hold_documents, refuse_because, settle
from sync.models import ContactLink, Delivery, DeliveryItem, Problem
from sync.problems import block_contact
from sync.work import Work

Save = Callable[[int], Delivery | None]
GONE = (
    "Xero says that something this needs is not there, most likely the contact {name}. "
    "Check it in Xero, then send again."
)


def ship(work: Work, delivery: Delivery, smaller: Callable[[int], Delivery | None]) -> None:
    """`smaller(n)` saves a new delivery of at most n of the same things.

    With summarizeErrors=false Xero refuses elements one by one. A refusal of the whole call is
    about something that cannot be told from its elements, so the call is made smaller until one
    element stands alone with it.
    """
    try:
        settle(work, delivery, send(work, delivery))
    except (Refused, NotFound) as problem:
        delivery.refresh_from_db(fields=["state"])
        if delivery.state != Delivery.State.FREED:
            return
        items = list(delivery.items.select_related("document__contact", "contact"))
        if len(items) == 1:
            _blame(work, items[0], problem)
            return
        half = smaller(len(items) // 2)
        if half is not None:
            ship(work, half, smaller)


def _blame(work: Work, item: DeliveryItem, problem: Refused | NotFound) -> None:
    contact = item.document.contact if item.document else item.contact
    refusal = _refusal(problem, contact.name if contact else "")
    with work.settling("push.refused"):
        if item.document is not None:
            hold_documents([item])
            refuse_because(work, item, refusal)
        elif item.contact is not None:
            link, _ = ContactLink.objects.get_or_create(
                contact=item.contact, defaults={"connection": work.scope.connection}
            )
            block_contact(link, item.revision, refusal)


def _refusal(problem: Refused | NotFound, contact: str) -> Refusal:
    """A 404 has no words of Xero's about it, so none are quoted (docs/xero.md C)."""
    if isinstance(problem, NotFound):
        return Refusal(Problem.Cause.CONTACT.value, contact[:255], GONE.format(name=contact)[:500], "")
    return refusal_of(list(problem.messages) or ["Xero gave no reason."], contact=contact)
