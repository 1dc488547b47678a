"""A Xero that puts fewer rows on a page than it is asked for, and says so: no list of ours ends early."""

import pytest

from integrations.models import Connection
from released.billing.models import Document
from sync.models import Delivery, Reconciliation
from sync.pull import pages
from tests.integration.sync.conftest import again, age_deliveries, approved, ask, fresh_minute, in_xero, sync
from tests.integration.sync.test_reading import here, living
from tests.sandbox import HARBOUR_VIEW, Sandbox

A_PAGE = 20


@pytest.fixture
def short(connection: Connection, sandbox: Sandbox) -> Connection:
    sandbox.do("limits", page_rows=A_PAGE, minute=100_000)
    return connection


def test_all_of_it_is_read_and_compared(short: Connection, sandbox: Sandbox) -> None:
    assert len(living(sandbox)) > 2 * A_PAGE
    sync(short)
    assert here(short) == living(sandbox)
    report = Reconciliation.objects.get()
    assert (report.agrees, report.compared) == (True, len(living(sandbox)))


def test_a_second_with_more_than_such_a_page_is_read_whole(short: Connection, sandbox: Sandbox) -> None:
    sync(short)
    sandbox.do("burst", organisation=HARBOUR_VIEW, count=A_PAGE * 2 + 5, reference="burst")
    fresh_minute()
    ask(short)
    burst = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500, q="burst")["documents"]
    taken = Document.objects.filter(company=short.company, reference="burst").count()
    assert taken == len({row["id"] for row in burst} & living(sandbox))


def test_what_was_made_is_found_beyond_the_first_page(short: Connection, sandbox: Sandbox) -> None:
    sync(short)
    sandbox.do("limits", page_rows=2)
    for number in range(4):
        approved(short, reference=f"before {number}")
    fresh_minute()
    sync(short)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices", times=1)
    made = approved(short, reference="lost")
    sync(short)
    assert Delivery.objects.filter(state=Delivery.State.OPEN).exists()
    sandbox.do("faults", clear=1)
    age_deliveries(10)
    fresh_minute()
    sync(short)
    assert not again(made).is_pending
    assert len([row for row in in_xero(sandbox) if row["reference"] == "lost"]) == 1


def test_changed_documents_are_read_again_however_few_come_at_once(
    short: Connection, sandbox: Sandbox
) -> None:
    made = [approved(short) for _ in range(5)]
    sync(short)
    sandbox.do("limits", page_rows=2)
    for one in made:
        Document.objects.filter(pk=one.pk).update(reference="changed", revision=one.revision + 1)
    fresh_minute()
    sync(short)
    assert not any(again(one).is_pending for one in made)


def test_a_page_as_full_as_asked_for_costs_no_second_call(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE_SIZE", 1000)
    sync(connection)
    fresh_minute()
    sandbox.do("record/clear")
    ask(connection)
    rows = sandbox.see("record", last=500)["requests"]
    assert sum("/Invoices" in row["path"] for row in rows) == 2  # one by the pull and one by the comparison
