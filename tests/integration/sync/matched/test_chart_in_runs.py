"""The chart is read beside the organisation. Whatever becomes of that, what syncs without it syncs."""

import json
from typing import Any

import pytest

from integrations.models import Connection, Event
from released.billing.models import Document, LedgerAccount, TaxRate, TrackingCategory
from sync.matching.preflight import preflight
from sync.matching.standing import state_of
from sync.models import ChartEntry, ChartReading, Problem, Run
from sync.models.matching import Sort
from tests.factories import billing
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, sync
from tests.integration.sync.matched.playing import SALES, chart, matched, writes
from tests.sandbox import HARBOUR_VIEW, Sandbox

SCOPE = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
FAULTS: dict[str, dict[str, Any]] = {
    "not found": {"action": "answer", "status": 404, "body": "The resource cannot be found"},
    "no scope": {"action": "answer", "status": 401, "headers": SCOPE},
    "forbidden": {"action": "answer", "status": 403, "body": '{"Detail": "AuthenticationUnsuccessful"}'},
    "refused": {"action": "answer", "status": 400, "body": '{"Message": "no"}'},
    "broken": {"action": "answer", "status": 500, "body": "oops"},
    "throttled": {"action": "answer", "status": 429, "headers": {"Retry-After": "1"}},
    "cut": {"action": "truncate"},
    "a page": {"action": "content_type"},
    "no list": {"action": "answer", "status": 200, "body": "{}"},
    "odd rows": {"action": "answer", "status": 200, "body": '{"Accounts": [1, null, {"Code": []}]}'},
    "dropped": {"action": "reset"},
}


SOME = ("not found", "no scope", "broken")
CASES = [("/Accounts", fault) for fault in FAULTS]
CASES += [(path, fault) for path in ("/TaxRates", "/TrackingCategories") for fault in SOME]


@pytest.mark.parametrize(("path", "fault"), CASES)
def test_nothing_stops_because_the_chart_can_not_be_read(
    connection: Connection, sandbox: Sandbox, fault: str, path: str
) -> None:
    sandbox.do("faults", path=path, times=99, **FAULTS[fault])
    made = approved(connection)
    sync(connection)
    if again(made).is_pending:  # a limit is a pause for every call, whichever it met
        fresh_minute()
        sync(connection)
    assert not again(made).is_pending
    run = Run.objects.get(connection=connection, trigger=Run.Trigger.FIRST)
    assert run.result == "done"
    connection.refresh_from_db()
    assert (connection.state, connection.missing_scopes) == (Connection.State.CONNECTED, "")
    assert not Event.objects.filter(connection=connection, what="scopes_missing").exists()
    if path == "/Accounts":
        state = state_of(connection)
        assert not [row for row in state.of(Sort.ACCOUNT) if row.is_open or row.lack]


@pytest.mark.fact("C26")
def test_it_is_kept_as_it_is_in_xero(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="441")
    approved(connection)
    sync(connection)
    kept = {row.key: row for row in ChartEntry.objects.filter(connection=connection, sort=Sort.ACCOUNT)}
    assert (kept["200"].name, kept["200"].is_active, kept["200"].detail["class"]) == (
        "Sales",
        True,
        "REVENUE",
    )
    assert not kept["441"].is_active
    assert not kept["090"].is_active  # a bank account
    assert sorted(ChartReading.objects.get().sorts) == sorted(Sort)
    chart(sandbox, SALES)
    ask(connection)
    assert list(ChartEntry.objects.filter(sort=Sort.ACCOUNT).values_list("key", flat=True)) == ["4000"]


def test_a_list_that_fails_later_leaves_what_is_known(connection: Connection, sandbox: Sandbox) -> None:
    approved(connection)
    sync(connection)
    before = ChartEntry.objects.count()
    sandbox.do("faults", path="/Accounts", times=99, action="answer", status=404, body="gone")
    ask(connection)
    assert ChartEntry.objects.count() == before
    assert ChartReading.objects.get().says == "Xero has no such list."


def test_an_account_that_is_restored_is_noticed_by_the_next_run(
    connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200")
    made = approved(connection)
    sync(connection)
    assert Problem.objects.get().cause == Problem.Cause.ACCOUNT_CODE
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200", restore=True)
    ask(connection)
    assert not again(made).is_pending
    assert not Problem.objects.filter(closed_at=None).exists()


def test_restored_between_two_readings_that_both_saw_it_active(
    connection: Connection, sandbox: Sandbox
) -> None:
    approved(connection)
    sync(connection)
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200")
    made = approved(connection)
    sync(connection)
    assert again(made).is_pending
    sandbox.do("clock", shift_seconds=5)
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200", restore=True)
    ask(connection)
    assert not again(made).is_pending


def test_what_xero_refuses_for_good_is_not_tried_by_every_run(
    connection: Connection, sandbox: Sandbox
) -> None:
    """An account that is active, and is refused all the same."""
    message = {"Message": "Account code '200' is not a valid code for this document."}
    body = json.dumps({"Message": "A validation exception", "Elements": [{"ValidationErrors": [message]}]})
    sandbox.do("faults", path="/Invoices", method="PUT", times=99, action="answer", status=400, body=body)
    made = approved(connection)
    sync(connection)
    assert Problem.objects.get(closed_at=None).subject == "200"
    sandbox.do("record/clear")
    ask(connection)
    ask(connection)
    assert (writes(sandbox), again(made).is_pending) == (0, True)


def test_a_blank_company_takes_xeros_chart_for_its_own(connection: Connection, sandbox: Sandbox) -> None:
    own = LedgerAccount.objects.filter(company=connection.company)
    own.filter(code="400").update(name="Our own words")
    sync(connection)
    assert own.get(code="469").name == "Rent"
    assert own.get(code="469").group == LedgerAccount.Group.EXPENSE
    assert own.get(code="400").name == "Our own words"
    assert not own.filter(code__in=["090", "850"]).exists()
    rates = TaxRate.objects.filter(company=connection.company)
    assert rates.filter(tax_type="OUTPUT2").count() == 1
    options = TrackingCategory.objects.get(company=connection.company, name="Region").options
    assert set(options.values_list("name", flat=True)) == {"North", "South"}


def test_a_company_with_documents_keeps_its_chart(connection: Connection, sandbox: Sandbox) -> None:
    approved(connection)
    sync(connection)
    assert not LedgerAccount.objects.filter(company=connection.company, code="469").exists()


def test_what_would_be_refused_is_counted_before_anything_is_sent(
    connection: Connection, sandbox: Sandbox
) -> None:
    approved(connection)
    sync(connection)
    chart(
        sandbox,
        SALES,
        SALES | {"code": "7000", "class": "EXPENSE"},
        SALES | {"code": "441", "status": "ARCHIVED"},
    )
    ask(connection)
    made = [
        approved(connection, lines=(billing.line(account_code=code),))
        for code in ("200", "441", "4000", "7000")
    ]
    Document.objects.filter(pk=made[2].pk).update(currency="EUR")
    found = {one.cause: one for one in preflight(connection, connection.sync_from)}
    assert (found["account_code"].documents, found["account_code"].subjects) == (2, ("200", "441"))
    assert (found["tax_type"].documents, found["tax_type"].subjects) == (1, ("EXEMPTOUTPUT with 7000",))
    assert (found["currency"].documents, found["currency"].is_certain) == (1, False)
    matched(connection, _200="4000", _441="4000", _7000="4000")
    assert {one.cause for one in preflight(connection, connection.sync_from)} == {"currency"}


def test_where_nothing_is_known_nothing_is_counted(connection: Connection) -> None:
    approved(connection, lines=(billing.line(account_code="999"),))
    assert preflight(connection, None) == ()
