"""Reads pages until the stream is read or the turn is over: one call, then one transaction that stores it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from integrations.xero.errors import Refused, Unavailable
from sync.edge import PageShape
from sync.models import PullPlace
from sync.models.place import Stream
from sync.pull.applied import Applied
from sync.pull.applying import apply_records
from sync.pull.beginning_anew import begin_anew, is_ahead, narrow
from sync.pull.contacts import apply_contacts
from sync.pull.listing import EVERY_STATUS, ORDER, PAGE_SIZE, dated, spot_after, stamps_of
from sync.pull.places import ask_for_less, move, next_place, spot_of
from sync.pull.planner import Spot
from sync.pull.reading import keep_aside
from sync.pull.sparing import spare_the_rest
from sync.runs import count_pull
from sync.scope import Scope
from sync.work import Work

ENDPOINTS = {
    Stream.CONTACTS: "Contacts",
    Stream.INVOICES: "Invoices",
    Stream.CREDIT_NOTES: "CreditNotes",
}

PARAMS = {
    Stream.CONTACTS: {"includeArchived": "true"},
    Stream.INVOICES: {"Statuses": EVERY_STATUS},
}


def pull(work: Work) -> bool:
    """Contacts before what names them. True when everything was read, False when the turn ended first."""
    return all(_read_stream(work, stream) for stream in Stream)


def _read_stream(work: Work, stream: Stream) -> bool:
    """A slice that became visible first, then what changed; each is complete once per run."""
    while True:
        place = next_place(work.scope, stream)
        if place.slice_from is None and _was_read(work, place):
            return True
        if work.is_over:
            return False
        read_page(work, place)


def _was_read(work: Work, place: PullPlace) -> bool:
    done = place.completed_at
    return not place.is_under_way and done is not None and done >= work.run.began_at


def read_page(work: Work, place: PullPlace) -> Applied:
    """One call, and the transaction in which its rows and the new place become true together."""
    spot, stream = spot_of(place), Stream(place.stream)
    try:
        page = _ask(work, place, spot)
    except Unavailable as problem:
        if problem.is_too_much:
            with work.settling("pull.smaller"):
                ask_for_less(place, _size(place))
        raise
    except Refused:
        with work.settling("pull.narrowed"):
            if not narrow(place):
                raise
        return Applied()
    if is_ahead(place, page.answered_at):
        with work.settling("pull.begun_anew"):
            begin_anew(place)
        return Applied()
    stamps = stamps_of(page)
    with work.settling("pull.page"):
        applied = apply_page(work.scope, stream, page.records)
        after = spot_after(spot, page, _asked_for(place, page), stamps)
        move(place, after, max(stamps, default=None), answered_at=page.answered_at)
        count_pull(work.run, applied, expected=_expected(page, spot))
    return applied


def _ask(work: Work, place: PullPlace, spot: Spot) -> PageShape:
    stream = Stream(place.stream)
    work.before_call()
    return work.books.list(
        ENDPOINTS[stream],
        modified_since=spot.since,
        page=spot.page,
        page_size=_size(place),
        where=dated(place.slice_from, place.slice_until) if place.slice_from else None,
        order=ORDER,
        params=PARAMS.get(stream),
    )


def _size(place: PullPlace) -> int:
    return min(place.page_size, PAGE_SIZE)


def _asked_for(place: PullPlace, page: PageShape) -> int:
    """A full page that is the whole list by Xero's own count ends it like a smaller one.

    Were the count wrong, the rest is newer than all of this and read by the next pull.
    """
    is_whole = page.item_count == len(page.records) and (page.page_count or 1) == 1
    return _size(place) + 1 if is_whole else _size(place)


def apply_page(scope: Scope, stream: Stream, records: Sequence[Any]) -> Applied:
    """In the caller's fenced transaction: all of them, but for what can't be read or stored."""
    if stream == Stream.CONTACTS:
        return spare_the_rest(records, partial(apply_contacts, scope), partial(keep_aside, scope, stream))
    return apply_records(scope, stream, records)


def _expected(page: PageShape, spot: Spot) -> int:
    """How many rows the list holds from here on, honestly: Xero's own count, or what came."""
    if spot.is_back or spot.page > 1:
        return 0
    return len(page.records) if page.item_count is None else page.item_count
