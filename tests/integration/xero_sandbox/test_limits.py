"""Minute, day, app-minute and concurrent limits (docs/xero.md D)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, App


@pytest.fixture
def limited(app: App) -> App:
    app.sandbox.control("limits", enabled=True, fresh=True)
    return app


@pytest.mark.fact("D2")
def test_every_answer_says_what_is_left(limited: App) -> None:
    headers = limited.call("GET", "Organisation").headers
    assert headers["X-MinLimit-Remaining"] == "59"
    assert headers["X-DayLimit-Remaining"] == "4999"
    assert headers["X-AppMinLimit-Remaining"] == "9999"


@pytest.mark.fact("D4")
def test_the_minute_is_refused_with_nothing_but_headers(limited: App) -> None:
    limited.sandbox.control("limits", minute=2)
    statuses = [limited.call("GET", "Organisation").status for _ in range(2)]
    answer = limited.call("GET", "Organisation")
    assert (statuses, answer.status, answer.data) == ([200, 200], 429, b"")
    assert "Content-Type" not in answer.headers
    assert answer.headers["X-Rate-Limit-Problem"] == "minute"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-MinLimit-Remaining"] == "0"


@pytest.mark.fact("D1")
def test_a_window_begins_with_its_first_call_and_ends_a_minute_later(limited: App) -> None:
    limited.sandbox.control("limits", minute=1)
    limited.call("GET", "Organisation")
    limited.sandbox.control("clock", shift_seconds=58)
    assert limited.call("GET", "Organisation").status == 429
    limited.sandbox.control("clock", shift_seconds=2)
    assert limited.call("GET", "Organisation").status == 200


@pytest.mark.fact("D4")
def test_the_day_is_refused_for_hours(limited: App) -> None:
    limited.sandbox.control("limits", exhaust="day", organisation=HARBOUR)
    answer = limited.call("GET", "Organisation")
    assert answer.headers["X-Rate-Limit-Problem"] == "day"
    assert int(answer.headers["Retry-After"]) > 80_000


@pytest.mark.fact("D4")
@pytest.mark.parametrize("spelling", ["appminute", "app-minute"])
def test_the_apps_own_minute_is_spelled_either_way(limited: App, spelling: str) -> None:
    limited.sandbox.switch(appminute_spelling=spelling)
    limited.sandbox.control("limits", exhaust="appminute", organisation=HARBOUR)
    answer = limited.call("GET", "Organisation")
    assert answer.headers["X-Rate-Limit-Problem"] == spelling
    assert "Retry-After" not in answer.headers


@pytest.mark.fact("D1")
def test_the_sixth_call_at_once_is_refused(limited: App) -> None:
    limited.sandbox.control("limits", latency_ms=300)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: limited.call("GET", "Organisation"), range(6)))
    refused = [answer for answer in answers if answer.status == 429]
    assert [answer.headers["X-Rate-Limit-Problem"] for answer in refused] == ["concurrent"]
    assert limited.sandbox.record()["highest_in_flight"][limited.organisation_id] == 6


@pytest.mark.fact("D5")
@pytest.mark.parametrize(("consume", "left"), [(False, "4999"), (True, "4998")])
def test_whether_a_refused_call_counts_is_unsettled(limited: App, consume: bool, left: str) -> None:
    limited.sandbox.switch(refused_calls_consume=consume)
    limited.sandbox.control("limits", minute=1)
    limited.call("GET", "Organisation")
    assert limited.call("GET", "Organisation").headers["X-DayLimit-Remaining"] == left


@pytest.mark.fact("D4")
def test_a_refusal_may_have_a_body(limited: App) -> None:
    limited.sandbox.switch(limit_body="text")
    limited.sandbox.control("limits", exhaust="minute", organisation=HARBOUR)
    assert limited.call("GET", "Organisation").data == b"Too Many Requests"


@pytest.mark.fact("D1")
def test_organisations_are_limited_apart(limited: App) -> None:
    other = limited.sandbox.connect(organisation="Mill Lane Properties Ltd")
    limited.sandbox.control("limits", exhaust="minute", organisation=HARBOUR)
    assert limited.call("GET", "Organisation").status == 429
    assert other.call("GET", "Organisation").status == 200


@pytest.mark.fact("D6")
def test_replays_under_a_key_count(limited: App) -> None:
    for left in ("59", "58"):
        answer = limited.call("PUT", "Contacts", {"Name": "Once"}, Idempotency_Key="k")
        assert answer.headers["X-MinLimit-Remaining"] == left
