"""What each item's element in Xero's answer must look like (see `matching`)."""

from sync.canonical import thaw_document, thaw_lines
from sync.deliveries.matching import Expected
from sync.models import Delivery, DeliveryItem
from sync.scope import marker_of
from sync.wire.kinds import FORMS


def expected_of(delivery: Delivery, item: DeliveryItem) -> Expected:
    if item.document is not None:
        return _document(delivery, item)
    if delivery.is_create:
        return Expected(frozenset({str(item.sent["fields"]["name"]).lower()}), {})
    return Expected(frozenset({str(_contact_xero_id(item)).lower()}), {})


def _document(delivery: Delivery, item: DeliveryItem) -> Expected:
    document = item.document
    if document is None:
        raise LookupError(f"{item} is no document")
    if not delivery.is_create:
        return Expected(frozenset({str(document.link.xero_id).lower()}), {})
    marks = frozenset[str]() if document.sort.is_credit else frozenset({marker_of(document)})
    fields = thaw_document(item.sent["fields"])
    lines = thaw_lines(item.sent["fields"]["lines"])
    return Expected(
        marks,
        {
            "contact": fields.contact.lower(),
            "reference": fields.reference,
            "type": FORMS[document.sort].type,
            "date": fields.date.isoformat(),
            "lines": " | ".join(line.description for line in lines.items),
        },
    )


def _contact_xero_id(item: DeliveryItem) -> str:
    return str(item.contact.link.xero_id) if item.contact else ""
