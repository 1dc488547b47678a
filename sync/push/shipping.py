"""Sends a saved delivery and settles it; a batch refused as a whole is split until the cause is alone."""

from collections.abc import Callable

from integrations.xero.errors import NotFound, Refused
from sync.causes import refusal_of
from sync.deliveries.sending import send
from sync.deliveries.settling import refuse, settle
from sync.models import ContactLink, Delivery, DeliveryItem
from sync.problems import block_contact
from sync.work import Work

Save = Callable[[int], Delivery | None]


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
    messages = _messages(problem)
    with work.settling("push.refused"):
        if item.document is not None:
            refuse(work, item, messages)
        elif item.contact is not None:
            link, _ = ContactLink.objects.get_or_create(
                contact=item.contact, defaults={"connection": work.scope.connection}
            )
            block_contact(link, item.revision, refusal_of(messages, contact=item.contact.name))


def _messages(problem: Refused | NotFound) -> list[str]:
    if isinstance(problem, NotFound):
        return ["The contact or the document is no longer in Xero."]
    return list(problem.messages) or ["Xero gave no reason."]
