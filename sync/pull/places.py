"""Where each stream's pull stands, and what it has to read next.

The place moves only in the transaction that stores what was read, so a crash costs one page. An
unfinished pull resumes where it stood; the overlap of five minutes applies after a completed one.
"""

from datetime import datetime, timedelta

from integrations.models import Connection
from released.clock.database import database_now
from sync.models import PullPlace
from sync.models.place import Stream
from sync.pull.listing import PAGE_SIZE
from sync.pull.planner import Spot, begin, fewer, may_resize, more, over_again
from sync.ranges import Range, Slice, slice_to_read, still_covered
from sync.scope import Scope

# Xero's clock may differ from ours; what was made just before the first pull must be in the next.
FIRST_OVERLAP = timedelta(minutes=10)


def next_place(scope: Scope, stream: Stream) -> PullPlace:
    """The incremental place, or first the slice that the sync-from date newly made visible."""
    steady = _incremental(scope.connection, stream)
    if stream == Stream.CONTACTS:
        return steady
    covered = still_covered(scope.range, steady.covered_from)
    if covered != steady.covered_from:
        steady.covered_from = covered
        steady.save(update_fields=["covered_from"])
    wanted = slice_to_read(scope.range, covered)
    return _slice(scope.connection, stream, wanted) if wanted else _dropped(steady)


def slice_of(wanted: Range, connection: Connection, stream: Stream) -> Slice | None:
    """The days that are visible and were not read yet."""
    steady = _incremental(connection, stream)
    return slice_to_read(wanted, still_covered(wanted, steady.covered_from))


def spot_of(place: PullPlace) -> Spot:
    """The next page; a pull that is not under way begins."""
    if place.is_under_way:
        is_back = place.direction == PullPlace.Direction.BACK
        return Spot(place.since, place.page, is_back, place.then_since, place.then_ends)
    return Spot() if place.slice_from else begin(place.high_water)


def move(
    place: PullPlace, spot: Spot | None, high_water: datetime | None, *, answered_at: datetime | None = None
) -> None:
    """Note where the pull goes on, or that it is complete; saved by the caller's transaction."""
    newer = place.high_water is None or (high_water is not None and high_water > place.high_water)
    if place.slice_from is None and newer:
        place.high_water = high_water
    elif place.slice_from and place.high_water and answered_at:  # it was set by our clock
        place.high_water = min(place.high_water, answered_at - FIRST_OVERLAP)
    if may_resize(spot):
        place.page_size = min(more(place.page_size), PAGE_SIZE)
    place.is_under_way = spot is not None
    if spot is None:
        place.completed_at = database_now()
    else:
        _stand(place, spot)
    place.save()
    if spot is None and place.slice_from:
        _cover(place)


def ask_for_less(place: PullPlace, page_size: int) -> None:
    """A page of so many rows did not come. The present stamp's paging begins again, in smaller pages."""
    place.page_size = fewer(page_size)
    if place.is_under_way and place.page_size < page_size:
        _stand(place, over_again(spot_of(place)))
    place.save()


def _stand(place: PullPlace, spot: Spot) -> None:
    place.since, place.page = spot.since, spot.page
    place.direction = PullPlace.Direction.BACK if spot.is_back else PullPlace.Direction.FORWARD
    place.then_since, place.then_ends = spot.then_since, spot.then_ends


def _incremental(connection: Connection, stream: Stream) -> PullPlace:
    place, _ = PullPlace.objects.get_or_create(
        connection=connection, stream=stream, slice_from=None, slice_until=None
    )
    return place


def _slice(connection: Connection, stream: Stream, wanted: Slice) -> PullPlace:
    """The slice's own place; one of another date is given up, since this one contains what it lacked."""
    slices = PullPlace.objects.filter(connection=connection, stream=stream, slice_from__isnull=False)
    fitting = slices.filter(slice_from__gte=wanted.start, slice_until=wanted.end)
    slices.exclude(pk__in=fitting).delete()
    made = {"slice_from": wanted.start, "page_size": _incremental(connection, stream).page_size}
    place, is_new = fitting.get_or_create(
        defaults=made, connection=connection, stream=stream, slice_until=wanted.end
    )
    if is_new:
        place.high_water = database_now() - FIRST_OVERLAP
        place.save(update_fields=["high_water"])
    return place


def _cover(done: PullPlace) -> None:
    """The days of a slice that was read to its end are followed from now on, and the slice is forgotten."""
    steady = _incremental(done.connection, Stream(done.stream))
    steady.covered_from, steady.page_size = done.slice_from, done.page_size
    if steady.high_water is None:
        steady.high_water = done.high_water
    if done.slice_until is None:  # nothing else is followed: this was everything
        steady.completed_at = done.completed_at
    steady.save(update_fields=["covered_from", "page_size", "high_water", "completed_at"])
    done.delete()


def _dropped(steady: PullPlace) -> PullPlace:
    """No slice is wanted: one that was under way for another date is given up."""
    slices = PullPlace.objects.filter(connection=steady.connection_id, stream=steady.stream)
    slices.filter(slice_from__isnull=False).delete()
    return steady
