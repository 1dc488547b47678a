"""Whatever comes while a crowded second is read again from its last page to its first, its place stays."""

from collections.abc import Callable
from typing import Any

import pytest

from integrations.models import Connection
from integrations.xero.client import Client
from integrations.xero.errors import Throttled, Unavailable, XeroError
from released.billing.models import Document
from sync.holding import seconds_left
from sync.models import PullPlace, Run, Schedule
from sync.turn import take_turn
from tests.integration.sync.conftest import fresh_minute, sync
from tests.integration.sync.test_reading import living
from tests.sandbox import HARBOUR_VIEW, Sandbox

A_PAGE, CROWD = 20, 58
STANDS = ("since", "page", "direction", "then_since", "then_ends", "is_under_way")
A_DAY = 86_400.0
PROBLEMS: dict[str, Callable[[], XeroError]] = {
    "the day is used up": lambda: Throttled("day", A_DAY),
    "an outage": lambda: Unavailable(retry_after=300.0),
    "a page does not come": lambda: Unavailable(is_too_much=True),
}


def reading_back() -> PullPlace | None:
    return PullPlace.objects.filter(stream="invoices", direction="back", is_under_way=True).first()


@pytest.fixture
def crowded(connection: Connection, sandbox: Sandbox) -> Connection:
    sandbox.do("limits", page_rows=A_PAGE, minute=100_000)
    sync(connection)
    sandbox.do("burst", organisation=HARBOUR_VIEW, count=CROWD, reference="crowd")
    fresh_minute()
    Schedule.objects.update(pull_due_at=None)
    return connection


def failing(monkeypatch: pytest.MonkeyPatch, problem: Callable[[], XeroError]) -> list[dict[str, Any]]:
    """Each page of the way back fails once; where the pull stood then."""
    real: Callable[..., Any] = Client.list
    stood: list[dict[str, Any]] = []

    def answer(self: Client, endpoint: str, **asked: Any) -> Any:
        place = reading_back()
        if endpoint == "Invoices" and place is not None and len(stood) < 3:
            stands = {name: getattr(place, name) for name in STANDS}
            if stands not in stood:
                stood.append(stands)
                raise problem()
        return real(self, endpoint, **asked)

    monkeypatch.setattr(Client, "list", answer)
    return stood


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
def test_the_pull_goes_on_from_there_and_reads_everything(
    crowded: Connection,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    problem: Callable[[], XeroError],
) -> None:
    stood = failing(monkeypatch, problem)
    for round_ in range(12):
        fresh_minute()
        Schedule.objects.update(held_until=None)
        take_turn(crowded.pk)
        if not Run.objects.filter(ended_at=None).exists():
            break
        place = PullPlace.objects.get(stream="invoices")
        assert place.since == stood[-1]["since"]
        if not getattr(problem(), "is_too_much", False):
            assert {name: getattr(place, name) for name in STANDS} == stood[-1]
            assert (seconds_left(crowded.pk) or 0) > 200
        xero_id = living_in_crowd(sandbox)[round_]
        changed = {"reference": "crowd, moved"}
        sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set=changed)
    assert len(stood) >= 2
    assert not Run.objects.filter(ended_at=None).exists()
    fresh_minute()
    Schedule.objects.update(pull_due_at=None)
    sync(crowded)
    taken = Document.objects.filter(company=crowded.company, reference__startswith="crowd")
    assert {str(one.link.xero_id) for one in taken} == set(living_in_crowd(sandbox))
    moved = taken.filter(reference="crowd, moved")
    assert moved.count() == sum(row["reference"] == "crowd, moved" for row in crowd(sandbox))


def crowd(sandbox: Sandbox) -> list[dict[str, Any]]:
    found = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500, q="crowd")["documents"]
    shared = living(sandbox)
    return [row for row in found if row["id"] in shared]


def living_in_crowd(sandbox: Sandbox) -> list[str]:
    return sorted(row["id"] for row in crowd(sandbox))
