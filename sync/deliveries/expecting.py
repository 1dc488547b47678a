"""What each item's element in Xero's answer must look like (see `matching`): as what was sent for it."""

from collections.abc import Sequence

import msgspec

from sync.deliveries.contents import Element, content_of, sameness
from sync.deliveries.matching import Expected, marks_of
from sync.models import Delivery, DeliveryItem


def expected_of(delivery: Delivery, items: Sequence[DeliveryItem]) -> list[Expected]:
    """From the very body that was sent, whose elements stand in the items' positions."""
    payloads = msgspec.json.decode(delivery.body)[delivery.endpoint]
    return [_expected(delivery, item, payloads[item.position]) for item in items]


def _expected(delivery: Delivery, item: DeliveryItem, payload: Element) -> Expected:
    if not delivery.is_create:
        # A contact's new name may be another's old one: what exists is known by its id alone.
        known = item.document.link.xero_id if item.document else item.contact and item.contact.link.xero_id
        return Expected(frozenset({str(known).lower()}))
    if item.contact is not None:
        return Expected(frozenset(marks_of(payload)))
    return Expected(frozenset(marks_of(payload)), content_of(payload), sameness(payload))
