"""Nothing is skipped while rows move: the planner against a list that is edited during the pull."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.pull.planner import LEAST, Spot, Told, begin, fewer, is_last, may_resize, more, over_again, step

PAGE = 2
START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


@dataclass
class Xero:
    """Rows by stamp and id; `inclusive` is Xero's unknown boundary of If-Modified-Since."""

    stamps: list[int]
    inclusive: bool
    cap: int = PAGE
    versions: list[int] = field(default_factory=list)
    now: int = 10

    def __post_init__(self) -> None:
        self.versions = [0] * len(self.stamps)

    def edit(self, row: int) -> None:
        self.stamps[row], self.versions[row] = self.now, self.versions[row] + 1

    def page(self, spot: Spot, size: int = PAGE) -> tuple[list[int], Told]:
        """However many are asked for, no more than `cap`."""
        since = None if spot.since is None else int((spot.since - START).total_seconds())
        rows = sorted(range(len(self.stamps)), key=lambda row: (self.stamps[row], row))
        rows = [row for row in rows if since is None or self._is_after(row, since)]
        told = Told(len(rows), -(-len(rows) // self.cap)) if self.cap < PAGE else Told()
        size = min(size, self.cap)
        return rows[(spot.page - 1) * size : spot.page * size], told

    def _is_after(self, row: int, since: int) -> bool:
        return self.stamps[row] >= since if self.inclusive else self.stamps[row] > since


@dataclass
class Reader:
    """What a pull has seen, and where it stands."""

    seen: dict[int, int] = field(default_factory=dict)
    high_water: datetime | None = None

    def read(self, xero: Xero, spot: Spot, size: int = PAGE) -> Spot | None:
        rows, told = xero.page(spot, size)
        for row in rows:
            self.seen[row] = xero.versions[row]
        stamps = [at(xero.stamps[row]) for row in rows]
        self.high_water = max([*stamps, self.high_water or START])
        return step(spot, stamps, len(rows), size, told)

    def finish(self, xero: Xero, spot: Spot | None, size: int = PAGE) -> None:
        for _ in range(200):
            if spot is None:
                return
            spot = self.read(xero, spot, size)
        raise AssertionError("the pull never ends")


Change = tuple[int, int, bool]


def work_in(xero: Xero, changes: list[Change], turn: int) -> None:
    """What people change in this turn; before some of it a second passes."""
    for when, row, passes in changes:
        if when == turn:
            xero.now += passes
            xero.edit(row % len(xero.stamps))


edits = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 8), st.booleans()), max_size=6)


@given(
    stamps=st.lists(st.integers(0, 3), min_size=1, max_size=9),
    changes=edits,
    inclusive=st.booleans(),
    overlap=st.integers(1, 4),
    cap=st.integers(1, PAGE),
)
def test_every_edit_is_seen_however_rows_move(
    stamps: list[int], changes: list[Change], inclusive: bool, overlap: int, cap: int
) -> None:
    xero, reader = Xero(stamps, inclusive, cap), Reader()
    spot: Spot | None = Spot()
    for turn in range(13):
        work_in(xero, changes, turn)
        if spot is not None:
            spot = reader.read(xero, spot)
    reader.finish(xero, spot)
    reader.finish(xero, begin(reader.high_water, overlap=timedelta(seconds=overlap)))
    assert reader.seen == dict(enumerate(xero.versions))


@given(
    stamps=st.lists(st.integers(0, 3), min_size=1, max_size=9),
    changes=edits,
    inclusive=st.booleans(),
    sizes=st.lists(st.integers(1, 4), min_size=13, max_size=13),
    failing=st.sets(st.integers(0, 12)),
)
def test_every_edit_is_seen_though_pages_do_not_come_and_are_asked_for_smaller(
    stamps: list[int],
    changes: list[Change],
    inclusive: bool,
    sizes: list[int],
    failing: set[int],
) -> None:
    xero, reader = Xero(stamps, inclusive, cap=9), Reader()
    spot: Spot | None = Spot()
    size = 4
    for turn in range(13):
        work_in(xero, changes, turn)
        if spot is not None and turn in failing:
            if size > 1:
                spot, size = over_again(spot), size - 1
        elif spot is not None:
            spot = reader.read(xero, spot, size)
            size = sizes[turn] if may_resize(spot) else size
    reader.finish(xero, spot, size)
    reader.finish(xero, begin(reader.high_water, overlap=timedelta(seconds=1)))
    assert reader.seen == dict(enumerate(xero.versions))


@pytest.mark.parametrize(("rows", "each_second"), [(350, 1), (300, 1), (350, 400), (300, 130), (100, 1)])
def test_a_xero_that_gives_its_own_hundred_and_no_counts_is_read_to_the_end(
    rows: int, each_second: int
) -> None:
    stamps = [at(row // each_second) for row in range(rows)]
    seen: set[int] = set()
    spot: Spot | None = Spot()
    for _ in range(40):
        if spot is None:
            break
        listed = [row for row in range(rows) if spot.since is None or stamps[row] >= spot.since]
        page = listed[(spot.page - 1) * 100 : spot.page * 100]
        seen |= set(page)
        spot = step(spot, [stamps[row] for row in page], len(page), 1000, Told())
    assert spot is None
    assert len(seen) == rows


def test_pages_get_smaller_fast_and_larger_slowly_within_bounds() -> None:
    sizes = [1000]
    while fewer(sizes[-1]) < sizes[-1]:
        sizes.append(fewer(sizes[-1]))
    assert sizes == [1000, 250, 62, 15, LEAST]
    assert fewer(3) == 3
    tries, size = 0, 250
    while size < 1000:
        tries, size = tries + 1, more(size)
    assert tries == 8
    assert more(1) == 2


def test_a_second_with_more_than_a_page_is_read_twice_forwards_then_backwards() -> None:
    full = [at(0)] * PAGE
    first = step(Spot(), full, PAGE, PAGE)
    assert first == Spot(since=at(-1))
    second = step(first, full, PAGE, PAGE)
    assert second == Spot(since=at(-1), page=2)
    third = step(second, [at(0)], 1, PAGE)
    assert third == Spot(since=at(-1), page=1, is_back=True, then_ends=True)
    assert step(third, full, PAGE, PAGE) is None


def test_reading_back_leads_out_of_the_second() -> None:
    spot = Spot(since=at(-1), page=2)
    out = step(spot, [at(0), at(5)], PAGE, PAGE)
    assert out == Spot(since=at(-1), page=1, is_back=True, then_since=at(4))
    assert step(out, [at(0)] * PAGE, PAGE, PAGE) == Spot(since=at(4))


def test_unreadable_rows_count_as_rows() -> None:
    """A page of 1,000 with one odd record is a full page: its list has not ended."""
    assert step(Spot(), [at(3)], PAGE, PAGE) == Spot(since=at(2))
    assert step(Spot(), [], PAGE, PAGE) == Spot(page=2)


@pytest.mark.parametrize(("high_water", "since"), [(None, None), (at(600), at(300))])
def test_a_completed_pull_overlaps_by_five_minutes(
    high_water: datetime | None, since: datetime | None
) -> None:
    assert begin(high_water) == Spot(since=since)


@pytest.mark.parametrize(
    ("number", "size", "told", "expected"),
    [
        (1, 999, Told(), True),
        (1, 100, Told(), False),  # as many as Xero gives where it pays no heed to the size
        (4, 300, Told(), False),
        (4, 50, Told(), True),
        (1, 1000, Told(1000, 1), False),  # only who reads on from its stamps may take Xero's word for it
        (1, 10, Told(62, 7), False),
        (1, 10, Told(62), False),
        (1, 10, Told(62, 1), False),  # its pages counted as if they had been full
        (1, 10, Told(10, 1), True),
        (1, 10, Told(3, 1), True),  # fewer than there are: no count to go by
        (2, 10, Told(62, 7), False),
        (7, 2, Told(62, 7), True),
        (7, 10, Told(70), True),
        (7, 2, Told(62), False),  # perhaps: an empty page will tell
        (8, 0, Told(62), True),
        (1, 10, Told(None, 2), False),
    ],
)
def test_a_short_page_is_the_last_only_if_xero_says_so(
    number: int, size: int, told: Told, expected: bool
) -> None:
    assert is_last(number, size, 1000, told) is expected
