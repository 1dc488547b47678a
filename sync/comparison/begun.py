"""How far the comparison of one window has come, kept in the report.

Under Xero's limits a turn often ends in the middle of a window. What was listed is cheap to list again;
what was read again by its id is not, so it is noted in the transaction that applied it and is not read
twice. And a window that was cut short begins again only when the minute has room for its list and for some
readings after it: else its list alone could use up every minute, for ever (docs/protocols.md 3.11).
A single day whose list no minute may hold is the exception: its list is kept as well, and goes on where it
stood. What changed in Xero meanwhile comes again at the list's end, or counts as it was when it was listed;
whatever then seems to differ is read again all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

import msgspec

from released.clock import today
from sync.comparison.windows import Window
from sync.models import Reconciliation
from sync.pull.planner import Spot
from sync.push.batching import MOST_READ_SINGLY
from sync.ranges import middle
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.work import Work

COLUMNS = (
    "Type", "Status", "InvoiceID", "CreditNoteID", "InvoiceNumber", "CreditNoteNumber", "Reference", "Url",
    "Date", "DueDate", "LineAmountTypes", "CurrencyCode", "SubTotal", "TotalTax", "Total", "AmountDue",
    "AmountPaid", "AmountCredited", "RemainingCredit",
)  # fmt: skip
OF_CONTACT = ("ContactID", "Name")


MOST_PAGES = 8
MOST_WHOLE = 2000
FROM_THE_START = Spot()


class TooMuch(Exception):
    """More is listed under these days than is compared at once, and they can be fewer."""


@dataclass
class Begun:
    """`pages`: how many calls the list takes, as far as is known. `read`: {id: what Xero had, or None}."""

    report: Reconciliation
    window: Window
    pages: int = 0
    room: int = 0
    """How many calls must fit into the minute after the first one of the list."""
    read: dict[str, Any] = field(default_factory=dict)
    calls: int = 0
    listed: dict[UUID, TheirDocument] = field(default_factory=dict)
    spots: dict[str, Spot | None] = field(default_factory=dict)
    """Where each list goes on; None where it has ended."""
    whole: dict[UUID, Any] = field(default_factory=dict)
    """Records of this turn's list that have all that a reading by id would bring."""

    @property
    def middle(self) -> date | None:
        """Where to cut; None for a single day."""
        return middle(self.window.start, self.window.end, today())

    def count(self, size: int, rows: int | None) -> None:
        """A page of the list. `rows`: how many there are from its beginning on, where Xero says so."""
        self.calls += 1
        left = ceil((rows - size) / size) if rows and size else 0
        self.pages = max(self.pages, self.calls + max(left, 0))
        if self.pages > MOST_PAGES and self.middle is not None:
            raise TooMuch

    def spot(self, endpoint: str) -> Spot | None:
        return self.spots.get(endpoint, FROM_THE_START)

    def keep_whole(self, xero_id: UUID, record: Any) -> None:
        """Not without end, since these are large; the newest of what the list brings twice."""
        if xero_id in self.whole or len(self.whole) < MOST_WHOLE:
            self.whole[xero_id] = record

    def has_read(self, xero_id: UUID) -> bool:
        return str(xero_id) in self.read

    def found(self) -> dict[UUID, TheirDocument]:
        """What was read before the turn ended and is not listed under these days."""
        kept = (read_document(record) for record in self.read.values() if record)
        return {theirs.xero_id: theirs for theirs in kept}

    def note(self, ids: Iterable[UUID], unlisted: Mapping[UUID, Any]) -> None:
        """In the transaction that applied what was read again. `unlisted`: records that the list lacks."""
        self.read |= {str(one): _kept(unlisted[one]) if one in unlisted else None for one in ids}
        self._save()

    def cut(self, work: Work, end: date) -> None:
        """Fewer days: more are listed under them than are compared at once."""
        self.window, self.pages, self.calls = Window(self.window.start, end), 0, 0
        self.listed, self.spots, self.whole = {}, {}, {}
        with work.settling("compare.cut"):
            self._save()

    def give_way(self, work: Work) -> None:
        """The turn ends here. Only where something was listed in vain the next one waits for more room."""
        if self.pages:
            with work.settling("compare.gave_way"):
                self._save(**(self._list() if self.pages > MOST_PAGES else {}))

    def _list(self) -> dict[str, Any]:
        """Of a single day: of more days it would have been cut."""
        rows = list(self.listed.values())
        return {"spots": msgspec.to_builtins(self.spots), "listed": msgspec.to_builtins(rows)}

    def _save(self, **more: Any) -> None:
        end = self.window.end.isoformat() if self.window.end else None
        self.report.under_way = {"end": end, "pages": self.pages, "read": self.read, **more}
        self.report.save(update_fields=["under_way"])


def begun_in(report: Reconciliation, start: date, window: Window) -> Begun:
    """The window that a turn ended in, within the days it had; else `window`, from its beginning."""
    kept = report.under_way
    if kept is None:
        return Begun(report, window)
    end, pages = kept["end"], kept["pages"]
    begun = Begun(report, Window(start, date.fromisoformat(end) if end else None), pages, read=kept["read"])
    if "spots" in kept:
        begun.spots = msgspec.convert(kept["spots"], dict[str, Spot | None])
        begun.listed = {one.xero_id: one for one in msgspec.convert(kept["listed"], list[TheirDocument])}
    elif pages:
        begun.room = pages + MOST_READ_SINGLY + 1
    return begun


def _kept(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a comparison looks at; all of it could be read, so all of it can be stored."""
    kept = {name: record[name] for name in COLUMNS if record.get(name) is not None}
    contact = record.get("Contact") or {}
    return kept | {"Contact": {name: contact[name] for name in OF_CONTACT if contact.get(name) is not None}}
