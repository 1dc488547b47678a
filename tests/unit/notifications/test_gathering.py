"""What goes into one mail, and when it is written."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from notifications.due import Kind, Owed
from notifications.gathering import ready_groups

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
WINDOW = timedelta(seconds=20)


def owed(number: int, after: int, *, person: int = 1, account: int = 1, kind: Any = Kind.LOST) -> Owed:
    company = SimpleNamespace(account_id=account)
    episode = SimpleNamespace(pk=number, connection=SimpleNamespace(company=company))
    recipient = SimpleNamespace(pk=person)
    return Owed(kind, cast(Any, episode), cast(Any, recipient), START + timedelta(seconds=after))


def groups(*given: Owed, at: int, growing: Collection[int] = ()) -> list[list[int]]:
    ready = ready_groups(given, at=START + timedelta(seconds=at), window=WINDOW, growing=growing)
    return [[one.episode.pk for one in group] for group in ready]


def test_waits_for_the_window() -> None:
    assert groups(owed(1, 0), at=19) == []
    assert groups(owed(1, 0), at=20) == [[1]]


def test_what_comes_meanwhile_joins_and_is_waited_for() -> None:
    assert groups(owed(1, 0), owed(2, 15), at=20) == []
    assert groups(owed(1, 0), owed(2, 15), at=35) == [[1, 2]]


def test_never_waits_longer_than_two_minutes() -> None:
    steady = [owed(number, number * 10) for number in range(13)]
    assert groups(*steady, at=119) == []
    assert groups(*steady, at=120) == [list(range(13))]


def test_waits_out_the_two_minutes_where_another_company_could_still_be_lost() -> None:
    assert groups(owed(1, 0), at=119, growing={1}) == []
    assert groups(owed(1, 0), owed(2, 90), at=209, growing={1}) == [[1, 2]]
    assert groups(owed(1, 0), at=20, growing={2}) == [[1]]


def test_later_than_two_minutes_is_another_mail() -> None:
    assert groups(owed(1, 0), owed(2, 120), owed(3, 121), at=600) == [[1, 2], [3]]


def test_each_person_and_each_account_for_itself() -> None:
    given = (owed(1, 0), owed(2, 0, person=2), owed(3, 0, account=2))
    assert groups(*given, at=20) == [[1], [2], [3]]


def test_all_clears_are_not_gathered() -> None:
    given = (owed(1, 0, kind=Kind.RECOVERED), owed(2, 0, kind=Kind.RECOVERED))
    assert groups(*given, at=0) == [[1], [2]]


def test_reminders_wait_for_nothing_and_take_along_what_would_follow() -> None:
    given = (owed(1, 0, kind=Kind.REMINDER_1), owed(2, 100, kind=Kind.REMINDER_1))
    assert groups(*given, at=-1) == []
    assert groups(*given, at=0, growing={1}) == [[1, 2]]


def test_reminders_that_came_to_be_due_at_different_times_are_one_mail_after_downtime() -> None:
    given = (owed(1, 0, kind=Kind.REMINDER_3), owed(2, 40_000, kind=Kind.REMINDER_3))
    assert groups(*given, at=50_000) == [[1, 2]]


def test_reminders_of_another_day_person_or_account_are_mails_of_their_own() -> None:
    given = (
        owed(1, 0, kind=Kind.REMINDER_1),
        owed(2, 0, kind=Kind.REMINDER_3),
        owed(3, 0, kind=Kind.REMINDER_1, person=2),
        owed(4, 0, kind=Kind.REMINDER_1, account=2),
        owed(5, 0, kind=Kind.LOST),
    )
    assert sorted(groups(*given, at=200)) == [[1], [2], [3], [4], [5]]
