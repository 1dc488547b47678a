"""A page that does not come is asked for in fewer rows, however often the worker begins anew."""

from collections.abc import Callable
from typing import Any

import pytest

from integrations.models import Connection
from integrations.xero.client import Client
from integrations.xero.errors import Unavailable
from released.billing.models import Document
from sync.models import PullPlace, Run, Schedule
from sync.pull import pages
from sync.turn import take_turn
from tests.integration.sync.conftest import fresh_minute, sync
from tests.integration.sync.test_reading import here, living
from tests.sandbox import HARBOUR_VIEW, Sandbox

List = Callable[..., Any]


def sizes_asked(sandbox: Sandbox, endpoint: str = "/Invoices") -> list[int]:
    rows = sandbox.see("record", last=500)["requests"]
    asked = [row["query"] for row in rows if row["path"].endswith(endpoint)]
    return [int(one.split("pageSize=")[1].split("&")[0]) for one in asked if "summaryOnly" not in one]


def to_the_end(connection: Connection) -> None:
    """Turns until nothing fails any more; each that fails ends with a pause, which is cut short."""
    for _ in range(40):
        fresh_minute()
        sync(connection)
        if not Schedule.objects.get().failures and not Run.objects.filter(ended_at=None).exists():
            return
    raise AssertionError("it never comes to its end")


def slow(monkeypatch: pytest.MonkeyPatch, most: int) -> list[int]:
    """A Xero that never ends a page of more rows in time; how many rows were asked for in vain."""
    real, late = Client.list, []

    def answer(self: Client, endpoint: str, **asked: Any) -> Any:
        if endpoint == "Invoices" and asked["page_size"] > most and "summaryOnly" not in asked["params"]:
            late.append(asked["page_size"])
            raise Unavailable("no whole answer in time", is_too_much=True)
        return real(self, endpoint, **asked)

    monkeypatch.setattr(Client, "list", answer)
    return late


@pytest.mark.parametrize(
    "fault",
    [{"action": "answer", "status": 500}, {"action": "answer", "status": 413}, {"action": "truncate"}],
    ids=["500", "too large", "cut"],
)
def test_a_page_that_failed_is_asked_for_smaller_and_grows_again(
    connection: Connection, sandbox: Sandbox, fault: dict[str, Any]
) -> None:
    sandbox.do("faults", path="/Invoices", times=1, **fault)
    take_turn(connection.pk)
    assert PullPlace.objects.get(stream="invoices", slice_from__isnull=False).page_size == 250
    sync(connection)
    assert sizes_asked(sandbox)[:2] == [1000, 250]
    assert here(connection) == living(sandbox)
    assert 250 < PullPlace.objects.get(stream="invoices").page_size < 1000
    for _ in range(8):
        fresh_minute()
        Schedule.objects.update(pull_due_at=None)
        sync(connection)
    assert PullPlace.objects.get(stream="invoices").page_size == 1000


@pytest.mark.parametrize(
    "fault",
    [
        {"action": "answer", "status": 503, "body": "The Xero API is temporarily unavailable"},
        {
            "action": "answer",
            "status": 429,
            "headers": {"Retry-After": "5", "X-Rate-Limit-Problem": "minute"},
        },
    ],
    ids=["outage", "limit"],
)
def test_an_outage_or_a_limit_is_no_reason(
    connection: Connection, sandbox: Sandbox, fault: dict[str, Any]
) -> None:
    sandbox.do("faults", path="/Invoices", times=1, **fault)
    take_turn(connection.pk)
    assert PullPlace.objects.get(stream="invoices", slice_from__isnull=False).page_size == 1000


def test_a_xero_too_slow_for_large_pages_is_read_to_the_end(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = slow(monkeypatch, most=20)
    to_the_end(connection)
    assert late[:3] == [1000, 250, 62]
    assert here(connection) == living(sandbox)


def test_in_the_middle_of_a_crowded_second_nothing_is_passed_over(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page number means something else in smaller pages: the second is begun again."""
    monkeypatch.setattr(pages, "PAGE_SIZE", 40)
    sync(connection)
    sandbox.do("burst", organisation=HARBOUR_VIEW, count=58, reference="burst")
    real: List = Client.list
    failed: list[Any] = []

    def answer(self: Client, endpoint: str, **asked: Any) -> Any:
        if endpoint == "Invoices" and asked["page"] == 2 and not failed:
            failed.append(PullPlace.objects.get(stream="invoices", is_under_way=True).since)
            raise Unavailable("no whole answer in time", is_too_much=True)
        return real(self, endpoint, **asked)

    monkeypatch.setattr(Client, "list", answer)
    fresh_minute()
    Schedule.objects.update(pull_due_at=None)
    take_turn(connection.pk)
    place = PullPlace.objects.get(stream="invoices")
    assert (place.since, place.page, place.direction) == (failed[0], 1, "forward")
    assert place.page_size == 10
    sync(connection)
    burst = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500, q="burst")["documents"]
    taken = Document.objects.filter(company=connection.company, reference="burst").count()
    assert taken == len({row["id"] for row in burst} & living(sandbox))
