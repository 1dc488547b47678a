"""When is the app's own list itself suspected? And what is missing from it?"""

from uuid import UUID

import pytest

from integrations.app_list import AppList
from integrations.watch import is_suspect, missing_from

OURS: dict[int, UUID | None] = {1: UUID(int=1), 2: UUID(int=2)}


@pytest.mark.parametrize(
    ("missing", "total", "suspect"),
    [(0, 100, False), (1, 1, False), (2, 10, False), (2, 100, False), (3, 100, True), (3, 150, False),
     (200, 10_000, False), (201, 10_000, True), (3, 3, True)],
)  # fmt: skip
def test_more_than_two_in_a_hundred_at_once(missing: int, total: int, suspect: bool) -> None:
    assert is_suspect(missing, total) is suspect


def test_what_a_whole_list_does_not_hold_is_missing() -> None:
    listing = AppList(frozenset({UUID(int=1)}), is_known=True, is_complete=True)
    assert missing_from(OURS, listing) == [2]


def test_from_a_list_that_was_not_read_whole_nothing_is_missing() -> None:
    assert missing_from(OURS, AppList(frozenset({UUID(int=1)}), is_known=True, is_complete=False)) == []
    assert missing_from(OURS, AppList()) == []
