"""Places that cannot be read on from: begun again for fewer days, or from the start.

Each is called in the fenced transaction of the turn.
"""

from datetime import datetime, timedelta

from released.clock import today
from released.clock.database import database_now
from sync.models import PullPlace, Schedule
from sync.models.place import Stream
from sync.ranges import middle

TOO_RECENT = timedelta(hours=1)  # nobody changes a hundred thousand documents in less
AHEAD = timedelta(minutes=2)  # more than a stamp may lie ahead of an answer, and inside the overlap


def narrow(place: PullPlace) -> bool:
    """Xero does not list so many rows at once (docs/xero.md C31). False if there is nothing to make narrower.

    Of a slice the later days come first; what is left of it becomes visible again as a slice. What changed
    since the last pull can be bounded from below only, so everything is read anew, slice by slice: more
    than could be listed has changed. What left the range meanwhile is found by comparing.
    """
    if place.slice_from is None:
        return _read_anew(place)
    cut = middle(place.slice_from, place.slice_until, today())
    if cut is None:
        return False
    place.slice_from, place.is_under_way = cut, False
    place.save(update_fields=["slice_from", "is_under_way"])
    return True


def _read_anew(steady: PullPlace) -> bool:
    """Not if the last pull was just now: then it is something else that Xero refuses."""
    is_recent = steady.high_water is None or steady.high_water > database_now() - TOO_RECENT
    if steady.stream == Stream.CONTACTS or is_recent:
        return False
    begin_anew(steady)
    return True


def is_ahead(place: PullPlace, answered_at: datetime | None) -> bool:
    """Whether what changes now would not be read from this place on: Xero's clock was wrong when it moved."""
    if answered_at is None or place.high_water is None or place.slice_from is not None:
        return False
    return place.high_water > answered_at + AHEAD


def begin_anew(steady: PullPlace) -> None:
    """Everything is read again, documents by slices; what left the range meanwhile is found by comparing."""
    steady.covered_from = steady.high_water = None
    steady.is_under_way = False
    steady.save(update_fields=["covered_from", "high_water", "is_under_way"])
    Schedule.objects.filter(pk=steady.connection_id).update(compared_at=None)
