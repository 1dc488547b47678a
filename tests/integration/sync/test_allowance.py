"""Calls are counted across workers, a reserve is left for people, and Xero's headers correct the counts."""

import time
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from integrations.xero import patience
from integrations.xero.errors import Throttled
from sync import allowance as module
from sync.allowance import AT_ONCE, MINUTE, RESERVES, Allowance, Reading, reading


def spend(tenant_id: object, calls: int, *, for_person: bool = False) -> int:
    """How many of so many calls were allowed, each ended before the next."""
    for count in range(calls):
        allowance = Allowance(tenant_id, for_person=for_person)  # type: ignore[arg-type]
        try:
            allowance.take()
        except Throttled:
            return count
        allowance.learn({}, 200)
    return calls


def test_background_work_leaves_a_reserve_for_people() -> None:
    organisation = uuid4()
    assert spend(organisation, 100) == MINUTE - RESERVES[0]
    assert spend(organisation, 100, for_person=True) == RESERVES[0]


def test_a_call_that_others_have_to_follow_waits_until_they_fit_too() -> None:
    organisation = uuid4()
    spend(organisation, MINUTE - RESERVES[0] - 2)
    reading_first = Allowance(organisation, for_person=False)
    reading_first.following = 2
    with pytest.raises(Throttled, match="minute"):
        reading_first.take()
    reading_first.following = 1
    reading_first.take()


@pytest.mark.parametrize(("longer_than_a_minute", "is_later"), [(3_600_000, False), (0, True)])
def test_calls_that_belong_together_leave_the_minute_together(
    monkeypatch: pytest.MonkeyPatch, longer_than_a_minute: int, *, is_later: bool
) -> None:
    monkeypatch.setattr(module, "WINDOW_MS", 60_000 + longer_than_a_minute)
    organisation = uuid4()
    allowance = Allowance(organisation, for_person=False)
    with allowance.together():
        allowance.take()
        time.sleep(0.02)
        allowance.take()
    server = redis.Redis.from_url(settings.REDIS_URL)
    key = f"allowance:{organisation}:calls"
    moments = {moment for _, moment in server.zscan_iter(key)}
    assert (len(moments) == 2) is is_later


def test_more_to_follow_than_a_minute_holds_waits_for_a_whole_one() -> None:
    organisation = uuid4()
    reading_first = Allowance(organisation, for_person=False)
    reading_first.following = 1000
    reading_first.take()
    with pytest.raises(Throttled):
        reading_first.take()


def test_one_organisation_does_not_spend_anothers() -> None:
    spend(uuid4(), 100)
    assert spend(uuid4(), 10) == 10


def test_so_many_at_once_and_no_more() -> None:
    organisation = uuid4()
    for _ in range(AT_ONCE):
        Allowance(organisation, for_person=True).take()
    with pytest.raises(Throttled, match="concurrent"):
        Allowance(organisation, for_person=True).take()


def test_calls_of_others_count_by_xeros_headers() -> None:
    organisation = uuid4()
    allowance = Allowance(organisation, for_person=False)
    allowance.take()
    allowance.learn({"X-MinLimit-Remaining": "10", "X-DayLimit-Remaining": "900"}, 200)
    assert spend(organisation, 100) == 10 - RESERVES[0]
    assert reading(organisation).day == 900


def test_in_a_new_minute_of_xeros_there_is_room_again_and_no_higher_limit() -> None:
    organisation = uuid4()
    spend(organisation, 40)
    allowance = Allowance(organisation, for_person=False)
    allowance.take()
    allowance.learn({"X-MinLimit-Remaining": "59"}, 200)
    assert spend(organisation, 100) == MINUTE - RESERVES[0] - 1


def test_what_has_not_arrived_at_xero_yet_stays_counted() -> None:
    organisation = uuid4()
    spend(organisation, 40)
    flying, answered = (Allowance(organisation, for_person=False) for _ in range(2))
    flying.take()
    answered.take()
    answered.learn({"X-MinLimit-Remaining": "59"}, 200)
    assert spend(organisation, 100) == MINUTE - RESERVES[0] - 2


def test_a_limit_that_xero_lifted_is_used() -> None:
    organisation = uuid4()
    for left in ("999", "998"):
        allowance = Allowance(organisation, for_person=False)
        allowance.take()
        allowance.learn({"X-MinLimit-Remaining": left}, 200)
    assert spend(organisation, 2000) == 1000 - RESERVES[0] - 2


def test_a_429_stops_everybody_for_as_long_as_it_says() -> None:
    organisation = uuid4()
    allowance = Allowance(organisation, for_person=True)
    allowance.take()
    allowance.learn({"X-Rate-Limit-Problem": "minute", "Retry-After": "26"}, 429)
    with pytest.raises(Throttled) as stopped:
        Allowance(organisation, for_person=True).take()
    assert 25 < stopped.value.retry_after <= 26


@pytest.mark.parametrize("name", ["Retry-After", "retry-after"])
@pytest.mark.parametrize("seconds", ["9999999999", "1" + "0" * 400, "Sun, 22 Nov 2099 12:00:00 GMT"])
def test_nobody_is_stopped_for_longer_than_the_longest_limit_lasts(name: str, seconds: str) -> None:
    assert stopped_for({"X-Rate-Limit-Problem": "minute", name: seconds}) <= patience.LONGEST


@pytest.mark.parametrize("seconds", ["0", "-5"])
def test_a_pause_of_no_length_is_one_all_the_same(seconds: str) -> None:
    assert 0 < stopped_for({"Retry-After": seconds}) <= patience.SHORTEST


@pytest.mark.parametrize("count", ["9" * 400, "\u0663", "-1", "many"])
def test_an_absurd_count_teaches_nothing(count: str) -> None:
    organisation = uuid4()
    allowance = Allowance(organisation, for_person=False)
    allowance.take()
    allowance.learn({"X-MinLimit-Remaining": count, "X-DayLimit-Remaining": count}, 200)
    assert reading(organisation) == Reading(None, None)
    assert spend(organisation, 100) == MINUTE - RESERVES[0] - 1


def stopped_for(headers: dict[str, str]) -> float:
    """The seconds for which a 429 with these headers stops everybody."""
    organisation = uuid4()
    call = Allowance(organisation, for_person=True)
    call.take()
    call.learn(headers, 429)
    with pytest.raises(Throttled) as stopped:
        Allowance(organisation, for_person=True).take()
    return stopped.value.retry_after


def test_the_days_end_is_left_to_people() -> None:
    organisation = uuid4()
    allowance = Allowance(organisation, for_person=False)
    allowance.take()
    allowance.learn({"X-DayLimit-Remaining": "40"}, 200)
    assert spend(organisation, 5) == 0
    assert spend(organisation, 5, for_person=True) == 5


def test_the_longest_pause_holds_whatever_else_was_answered_meanwhile() -> None:
    """Of calls under way at once one may be refused for the day and another one for a moment."""
    organisation = uuid4()
    calls = [Allowance(organisation, for_person=True) for _ in range(2)]
    for call in calls:
        call.take()
    calls[0].learn({"X-Rate-Limit-Problem": "day", "Retry-After": "3000"}, 429)
    calls[1].learn({"X-Rate-Limit-Problem": "concurrent"}, 429)
    with pytest.raises(Throttled, match="day") as stopped:
        Allowance(organisation, for_person=True).take()
    assert stopped.value.retry_after > 2_900
