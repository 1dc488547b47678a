"""The client against a Xero that answers, forgets, mangles and refuses."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from integrations.models import Connection
from integrations.xero import client
from integrations.xero.errors import (
    AccessLost,
    MissingScope,
    NotFound,
    OutcomeUnknown,
    Refused,
    Throttled,
    Unavailable,
    XeroError,
)
from integrations.xero.kinds import Endpoint, Kind, Verdict
from tests.sandbox import HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(sandbox: Sandbox) -> Connection:
    made = sandbox.connection()
    sandbox.do("record/clear")
    return made


def invoice(**fields: Any) -> str:
    line = {
        "Description": "Rent",
        "Quantity": "1",
        "UnitAmount": "100.10",
        "AccountCode": "200",
        "TaxType": "NONE",
    }
    made = {
        "Type": "ACCREC",
        "Contact": {"Name": "A new lessee"},
        "Date": "2026-11-01",
        "DueDate": "2026-12-01",
    }
    return json.dumps({"Invoices": [made | {"LineItems": [line], "Status": "AUTHORISED"} | fields]})


def test_a_page_comes_with_xeros_count_and_exact_money(sandbox: Sandbox, connection: Connection) -> None:
    with client.open_client(connection) as xero:
        page = xero.list("Invoices", page_size=25)
    assert len(page.records) == 25
    assert page.item_count == 60
    assert page.size > 1000
    money = [row["Total"] for row in page.records]
    assert all(isinstance(amount, Decimal | int) for amount in money)


def test_the_sixty_come_in_one_call(sandbox: Sandbox, connection: Connection) -> None:
    with client.open_client(connection) as xero:
        assert len(xero.list("Invoices").records) == 60
    assert len(sandbox.see("record", path="/Invoices")["requests"]) == 1


def test_only_what_changed_since_is_read(sandbox: Sandbox, connection: Connection) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with client.open_client(connection) as xero:
        assert xero.list("Invoices", modified_since=tomorrow).records == []


@pytest.mark.fact("C22")
def test_an_answer_of_not_modified_is_an_empty_page(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.switch(modified_since_empty=304)
    with client.open_client(connection) as xero:
        page = xero.list("Invoices", modified_since=datetime.now(UTC) + timedelta(days=1))
    assert page.records == []


@pytest.mark.fact("F7")
def test_what_is_written_is_sent_byte_by_byte_under_its_key(sandbox: Sandbox, connection: Connection) -> None:
    body = invoice(Reference="exact  bytes")
    with client.open_client(connection) as xero:
        first = xero.write("PUT", "Invoices", body, key="key-1")
        again = xero.write("PUT", "Invoices", body, key="key-1")
    assert first[0]["StatusAttributeString"] == "OK"
    assert first[0]["Total"] == Decimal("100.10")
    assert again[0]["InvoiceID"] == first[0]["InvoiceID"]
    with client.open_client(connection) as xero:
        assert xero.get("Invoices", first[0]["InvoiceID"])["Reference"] == "exact  bytes"


def test_a_refused_element_is_told_by_itself(sandbox: Sandbox, connection: Connection) -> None:
    with client.open_client(connection) as xero:
        (element,) = xero.write("PUT", "Invoices", invoice(LineItems=[]), key="key-2")
    assert element["StatusAttributeString"] == "ERROR"


def test_a_key_used_for_something_else_leaves_the_outcome_unknown(
    sandbox: Sandbox, connection: Connection
) -> None:
    with client.open_client(connection) as xero:
        xero.write("PUT", "Invoices", invoice(), key="key-3")
        with pytest.raises(OutcomeUnknown):
            xero.write("PUT", "Invoices", invoice(Reference="another"), key="key-3")


def test_a_whole_refusal_brings_xeros_words(sandbox: Sandbox, connection: Connection) -> None:
    with client.open_client(connection) as xero, pytest.raises(Refused) as caught:
        xero.list("Invoices", where="Type ==")
    assert caught.value.messages


def test_what_does_not_exist_is_not_found(sandbox: Sandbox, connection: Connection) -> None:
    with client.open_client(connection) as xero, pytest.raises(NotFound):
        xero.get("Invoices", "00000000-0000-0000-0000-00000000ffff")


@pytest.mark.fact("B6", "F5")
def test_an_expired_token_is_refreshed_once_and_the_call_made_again(
    sandbox: Sandbox, connection: Connection
) -> None:
    sandbox.do("clock", shift_seconds=1801)
    with client.open_client(connection) as xero:
        assert xero.organisation()["Name"] == HARBOUR_VIEW
        assert xero.write("PUT", "Invoices", invoice(), key="key-4")
    sandbox.do("clock", reset=True)
    assert sandbox.refreshes == 1


def test_one_unreadable_record_does_not_lose_its_page(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.do("faults", action="unknown_enum", path="/Invoices", value="NEWSTATUS")
    with client.open_client(connection) as xero:
        records = xero.list("Invoices").records
    assert len(records) == 60
    assert "NEWSTATUS" in {row["Status"] for row in records}


@pytest.mark.parametrize("fault", ["reset", "truncate", "commit_then_drop"])
def test_a_read_without_a_whole_answer_is_unavailable(
    sandbox: Sandbox, connection: Connection, fault: str
) -> None:
    sandbox.do("faults", action=fault, path="/Invoices")
    with client.open_client(connection) as xero, pytest.raises(Unavailable):
        xero.list("Invoices")
    assert len(sandbox.see("record", path="/Invoices")["requests"]) <= 1  # nothing below us tries again


@pytest.mark.parametrize("fault", ["reset", "truncate", "commit_then_drop"])
def test_a_write_without_a_whole_answer_is_of_unknown_outcome(
    sandbox: Sandbox, connection: Connection, fault: str
) -> None:
    sandbox.do("faults", action=fault, path="/Invoices", method="PUT")
    with client.open_client(connection) as xero, pytest.raises(OutcomeUnknown):
        xero.write("PUT", "Invoices", invoice(), key="key-5")


def test_a_write_that_never_left_is_only_unavailable(
    sandbox: Sandbox, connection: Connection, settings: Any
) -> None:
    settings.XERO_API_URL = "http://127.0.0.1:9"
    with client.open_client(connection) as xero, pytest.raises(Unavailable):
        xero.write("PUT", "Invoices", invoice(), key="key-6")


@pytest.mark.fact("F3")
def test_a_limit_is_raised_at_once_and_never_slept_on(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.do("limits", organisation=HARBOUR_VIEW, exhaust="day")
    with client.open_client(connection) as xero, pytest.raises(Throttled) as caught:
        xero.list("Invoices")
    assert caught.value.limit == "day"
    assert 1 <= caught.value.retry_after <= 86_400


def test_an_offline_organisation_is_tried_again_in_minutes(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.do("organisation-offline", organisation=HARBOUR_VIEW, offline=True)
    with client.open_client(connection) as xero, pytest.raises(Unavailable) as caught:
        xero.organisation()
    assert caught.value.retry_after == 300


class TestWhatMayMeanLostAccess:
    """Is reported, not decided: the one who reports confirms it first."""

    @pytest.fixture
    def reported(self) -> Any:
        seen: list[tuple[Kind, Endpoint]] = []

        def report(_: Connection, verdict: Verdict, endpoint: Endpoint) -> XeroError:
            seen.append((verdict.kind, endpoint))
            return AccessLost()

        before = client.register_reporter(report)
        yield seen
        client.register_reporter(before) if before else client._reporter.clear()

    def test_a_disconnected_app(self, sandbox: Sandbox, connection: Connection, reported: Any) -> None:
        sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
        with client.open_client(connection) as xero, pytest.raises(AccessLost):
            xero.organisation()
        assert reported == [(Kind.PERHAPS_UNLINKED, Endpoint.READ)]

    @pytest.mark.parametrize("header", ["bearer", "bare", "misspelt"])
    @pytest.mark.parametrize("status", [401, 403])
    def test_a_missing_scope(
        self, sandbox: Sandbox, connection: Connection, reported: Any, header: str, status: int
    ) -> None:
        sandbox.switch(scope_failure_header=header, scope_failure_status=status)
        with client.open_client(connection) as xero, pytest.raises(AccessLost):
            xero.list("Payments")
        assert reported == [(Kind.SCOPE_MISSING, Endpoint.READ)]
        assert sandbox.refreshes == 0

    def test_an_empty_403_is_none(self, sandbox: Sandbox, connection: Connection, reported: Any) -> None:
        sandbox.do("faults", action="answer", path="/Organisation", status=403)
        with client.open_client(connection) as xero, pytest.raises(Unavailable):
            xero.organisation()
        assert reported == []


def test_nobody_to_report_to_means_unavailable_never_lost(
    sandbox: Sandbox, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_reporter", [])
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    with client.open_client(connection) as xero, pytest.raises(Unavailable):
        xero.organisation()
    with client.open_client(connection) as xero, pytest.raises(MissingScope):
        xero.list("Payments")
