"""How long Xero wants to be left alone, and that nobody can make us wait for ever."""

from datetime import UTC, datetime

import pytest

from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.patience import LONGEST, SHORTEST, retry_after
from integrations.xero.verdicts import classify

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("26", 26.0),
        (" 26 ", 26.0),
        ("1.5", 1.5),
        ("0", SHORTEST),
        ("-5", SHORTEST),
        ("999999999", LONGEST),
        ("inf", LONGEST),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", SHORTEST),
        ("Sun, 22 Nov 2099 12:00:00 GMT", LONGEST),
        ("nan", None),
        ("soon", None),
        ("", None),
    ],
)
def test_seconds_or_a_date_within_reason(given: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": given}, now=NOON) == seconds


def test_a_date_is_measured_by_xeros_own_clock() -> None:
    headers = {"retry-after": "Sun, 22 Nov 2026 12:05:00 GMT", "date": "Sun, 22 Nov 2026 12:04:00 GMT"}
    assert retry_after(headers, now=NOON) == 60.0


@pytest.mark.fact("D4")
@pytest.mark.parametrize(
    ("problem", "limit"),
    [
        ("minute", "minute"),
        ("Day", "day"),
        ("concurrent", "concurrent"),
        ("appminute", "app minute"),
        ("app-minute", "app minute"),
        ("something new", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_each_limit_is_named_and_has_a_pause_of_its_own(problem: str, limit: str) -> None:
    verdict = classify(Endpoint.READ, 429, {"X-Rate-Limit-Problem": problem}, b"")
    assert (verdict.kind, verdict.limit) == (Kind.THROTTLED, limit)
    assert verdict.retry_after is not None
    assert verdict.retry_after >= 2


def test_what_xero_asks_for_goes_before_our_own_pause() -> None:
    headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "26"}
    assert classify(Endpoint.WRITE, 429, headers, b"").retry_after == 26


def test_an_outage_may_say_when_to_come_back() -> None:
    assert classify(Endpoint.READ, 503, {"Retry-After": "90"}, b"").retry_after == 90
    assert classify(Endpoint.READ, 503, {}, b"The Organisation is offline").retry_after == 300
