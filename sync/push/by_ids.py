"""Invoices and bills by their ids, however few of them Xero puts on a page.

Ended ones are asked for by name: whether a list holds them otherwise is open (docs/xero.md C32).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync.pull.listing import EVERY_STATUS
from sync.work import Work


def by_ids(work: Work, ids: Sequence[Any]) -> Iterator[Any]:
    """One call, and one more for what a smaller page than was asked for left out, until nothing new comes."""
    missing = [str(one) for one in ids]
    while missing:
        work.before_call()
        with work.gate.followed_by(1):
            page = work.books.list("Invoices", params={"IDs": ",".join(missing), "Statuses": EVERY_STATUS})
        yield from page.records
        came = {_id_of(record) for record in page.records}
        if page.item_count is None or page.item_count <= len(page.records) or came.isdisjoint(missing):
            return
        missing = [one for one in missing if one not in came]


def _id_of(record: Any) -> str:
    return str(record.get("InvoiceID")).lower() if isinstance(record, Mapping) else ""
