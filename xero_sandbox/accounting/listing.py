"""GET of a collection: filter, order, page, render (docs/xero.md C).

Without filters a page is a slice of the ledger; with them the filtered list is kept until the ledger changes,
so that reading two hundred pages does not filter two hundred times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.dates import parse_since
from xero_sandbox.accounting.envelope import Answer, Paging, envelope
from xero_sandbox.accounting.errors import QueryParse
from xero_sandbox.accounting.ledger import AnyLedger
from xero_sandbox.accounting.where import Getter, Predicate, compile_where, names_in

DEFAULT_SIZE, LARGEST_SIZE = 100, 1000
OPTIMISED = {
    "status",
    "type",
    "invoiceid",
    "invoicenumber",
    "creditnoteid",
    "creditnotenumber",
    "reference",
    "contact.contactid",
    "contact.name",
    "contact.contactnumber",
    "amountpaid",
    "amountdue",
    "date",
    "duedate",
    "updateddateutc",
}


@dataclass(frozen=True)
class Listing:
    """What a collection needs to be listed; `render(item, paged)` gives its bytes."""

    plural: str
    ledger: AnyLedger
    fields: dict[str, Getter]
    filters: Sequence[Predicate]
    render: Callable[[Any, bool], bytes]
    always_paged: bool = False


def show(call: Call, listing: Listing) -> Answer:
    paged = call.number("page") is not None or listing.always_paged
    since = parse_since(call.headers.get("If-Modified-Since", ""))
    chosen = _Chosen(call, listing, since)
    total = len(chosen)
    if not total and since is not None and call.world.switches["modified_since_empty"] == 304:
        return Answer(304, b"")
    if total > call.world.limits.rows and (not paged or call.world.switches["large_lists"] == "refused"):
        raise QueryParse("The number of rows requested exceeds the maximum of 100000. Please use paging.")
    if not paged:
        rows = chosen.rows(0, total)
        return envelope(call, listing.plural, [listing.render(row, False) for row in rows])
    asked = call.number("pageSize")
    size = DEFAULT_SIZE if asked is None else min(max(asked, 1), LARGEST_SIZE)
    size = min(size, call.world.limits.page_rows)
    page = max(call.number("page") or 1, 1)
    rows = chosen.rows((page - 1) * size, page * size)
    items = [listing.render(row, True) for row in rows]
    return envelope(call, listing.plural, items, Paging(page, size, total))


class _Chosen:
    """The rows of a listing in their order, as a slice of the ledger whenever nothing filters or orders."""

    def __init__(self, call: Call, listing: Listing, since: int | None) -> None:
        inclusive = call.world.switches["modified_since_boundary"] == "inclusive"
        self._ledger = listing.ledger
        self._start = listing.ledger.since(since, inclusive=inclusive)
        self._list: list[Any] | None = None
        predicates = list(listing.filters)
        where = call.query.get("where", "").strip()
        if where:
            predicates.append(compile_where(where, listing.fields))
        order = call.query.get("order", "").strip()
        if len(self._ledger) > call.world.limits.rows:
            _refuse_slow(where, order)
        if predicates or order:
            self._list = _remembered(
                call, listing, since, lambda: self._filter(predicates, order, listing.fields)
            )

    def _filter(self, predicates: list[Predicate], order: str, fields: dict[str, Getter]) -> list[Any]:
        rows = self._ledger.slice(self._start, len(self._ledger))
        found = [row for row in rows if all(passes(row) for passes in predicates)]
        for name, descending in reversed(_orders(order, fields)):
            get = fields.get(name) or (lambda row: row.updated_ms)
            stamp = name == "updateddateutc"
            found.sort(key=(lambda row: row.updated_ms) if stamp else _sortable(get), reverse=descending)
        return found

    def __len__(self) -> int:
        return max(0, len(self._ledger) - self._start) if self._list is None else len(self._list)

    def rows(self, start: int, stop: int) -> list[Any]:
        if self._list is not None:
            return self._list[start:stop]
        return self._ledger.slice(self._start + start, min(self._start + stop, len(self._ledger)))


def _refuse_slow(where: str, order: str) -> None:
    """Beyond 100,000 rows Xero filters and orders by its optimised fields only."""
    asked = names_in(where) | {part.split()[0].lower() for part in order.split(",") if part.strip()}
    if slow := asked - OPTIMISED:
        raise QueryParse(f"The query uses fields that are not optimised: {', '.join(sorted(slow))}.")


def _remembered(call: Call, listing: Listing, since: int | None, work: Callable[[], list[Any]]) -> list[Any]:
    asked = sorted(
        (name, value) for name, value in call.query.items() if name.lower() not in ("page", "pagesize")
    )
    key = (tuple(asked), since, call.grant.client_id, listing.ledger.generation)
    if listing.ledger.last_filtered is None or listing.ledger.last_filtered[0] != key:
        listing.ledger.last_filtered = (key, work())
    return listing.ledger.last_filtered[1]


def _orders(order: str, fields: dict[str, Getter]) -> list[tuple[str, bool]]:
    found = []
    for part in filter(None, (piece.strip() for piece in order.split(","))):
        name, _, direction = part.partition(" ")
        if name.lower() not in fields or direction.strip().upper() not in ("", "ASC", "DESC"):
            raise QueryParse(f"No property or field '{name}' exists in type 'Item'")
        found.append((name.lower(), direction.strip().upper() == "DESC"))
    return found


def _sortable(get: Getter) -> Callable[[Any], tuple[bool, Any]]:
    def key(row: Any) -> tuple[bool, Any]:
        value = get(row)
        return (
            value is not None,
            value.lower() if isinstance(value, str) else value if value is not None else 0,
        )

    return key
