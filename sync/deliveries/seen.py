"""Takes what a pull has met in Xero for the result of a create whose answer is still missing.

That a document is *not* there is certain only seven minutes after its last sending (`looking_up`). That it
*is* there is certain at once, where it carries our address: nothing has to wait for its number then.
"""

from sync.deliveries.likeness import sight
from sync.deliveries.looking_up import sought_of, unknown_among
from sync.deliveries.settling import close_if_done, close_item, hold_documents, settle_document
from sync.models import Delivery, DeliveryItem
from sync.pull.reading import Read
from sync.theirs import TheirDocument
from sync.work import Work


def settle_seen(work: Work, reads: list[Read[TheirDocument]]) -> None:
    """In the caller's settling transaction. Only by address, so credit notes wait for their look-up."""
    unknown = unknown_among(work, [read for read in reads if read.theirs.url])
    if not unknown:
        return
    items = _open_creates(work)
    hold_documents(items)
    for item in items:
        seen = sight(sought_of(item), [read.theirs for read in unknown], ())
        if seen.found is not None:
            close_item(item)
            settle_document(work, item, seen.found, is_create=True, answered=False)
            close_if_done(item.delivery)
            unknown = [read for read in unknown if read.theirs is not seen.found]


def _open_creates(work: Work) -> list[DeliveryItem]:
    rows = DeliveryItem.objects.filter(
        is_open=True, document__isnull=False, delivery__state=Delivery.State.OPEN
    )
    mine = rows.filter(
        delivery__connection=work.scope.connection, delivery__is_create=True, delivery__endpoint="Invoices"
    )
    return list(mine.select_related("delivery", "document__contact").order_by("pk"))
