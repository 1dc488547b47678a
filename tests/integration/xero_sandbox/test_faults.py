"""Faults by script: what goes wrong, when, and what the caller is left with."""

import time
from http.client import IncompleteRead

import pytest
import urllib3

from tests.integration.xero_sandbox.driver import App, invoice

BROKEN = (urllib3.exceptions.ProtocolError, IncompleteRead)


def ours(app: App) -> int:
    return len(app.read("Invoices?createdByMyApp=true")["Invoices"])


def test_the_nth_match_is_answered_as_the_script_says(app: App) -> None:
    app.sandbox.control(
        "faults", action="answer", method="GET", path="/Organisation", nth=2, times=2, status=500, body="oops"
    )
    statuses = [app.call("GET", "Organisation").status for _ in range(4)]
    assert statuses == [200, 500, 500, 200]
    assert app.call("GET", "Accounts").status == 200


def test_a_reset_leaves_nothing_behind(app: App) -> None:
    app.sandbox.control("faults", action="reset", method="PUT", path="/Invoices")
    with pytest.raises(BROKEN):
        app.call("PUT", "Invoices", invoice())
    assert ours(app) == 0


def test_a_commit_whose_answer_is_dropped_has_happened(app: App) -> None:
    app.sandbox.control("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    with pytest.raises(BROKEN):
        app.call("PUT", "Invoices", invoice(), Idempotency_Key="k")
    assert ours(app) == 1
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key="k").status == 200
    assert ours(app) == 1
    entry = next(row for row in app.sandbox.record()["requests"] if row["method"] == "PUT")
    assert (entry["status"], entry["outcome"]) == (0, "answered 200, then dropped")
    assert entry["idempotency_key"] == "k"


def test_a_rotation_whose_answer_is_lost_leaves_the_old_token_its_grace(app: App) -> None:
    app.sandbox.control("faults", action="commit_then_drop", path="/connect/token")
    with pytest.raises(BROKEN):
        app.sandbox.refresh(app.tokens["refresh_token"])
    assert app.sandbox.state()["refreshes"] == 1
    assert app.sandbox.refresh(app.tokens["refresh_token"]).status == 200


def test_a_truncated_answer_breaks_off_in_the_middle(app: App) -> None:
    app.sandbox.control("faults", action="truncate", path="/Accounts")
    with pytest.raises(BROKEN):
        app.call("GET", "Accounts")


def test_a_wrong_content_type_comes_with_a_page(app: App) -> None:
    app.sandbox.control("faults", action="content_type", path="/Accounts", body="<html>Sorry</html>")
    answer = app.call("GET", "Accounts")
    assert (answer.status, answer.data) == (200, b"<html>Sorry</html>")
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("action", "fault"), [("delay", {"seconds": 0.3}), ("slow", {"seconds": 0.1, "chunk": 200})]
)
def test_an_answer_may_take_its_time(app: App, action: str, fault: dict[str, float]) -> None:
    app.sandbox.control("faults", action=action, path="/Organisation", **fault)
    began = time.monotonic()
    assert app.call("GET", "Organisation").status == 200
    assert time.monotonic() - began > 0.25


def test_an_outage_lasts_its_time_from_the_nth_match(app: App) -> None:
    text = "The Xero API is temporarily unavailable"
    app.sandbox.control("faults", action="outage", path="/api.xro", nth=2, seconds=60, status=503, body=text)
    assert [app.call("GET", "Organisation").status for _ in range(3)] == [200, 503, 503]
    app.sandbox.control("clock", shift_seconds=60)
    assert app.call("GET", "Organisation").status == 200


@pytest.mark.parametrize(("action", "expected"), [("unknown_enum", "UNKNOWNSTATUS"), ("null_field", None)])
def test_one_record_of_a_page_may_be_odd(app: App, action: str, expected: str | None) -> None:
    app.sandbox.control("faults", action=action, path="/Invoices", row=3, field_name="Status")
    rows = app.read("Invoices?page=1")["Invoices"]
    assert [place for place, row in enumerate(rows) if row["Status"] == expected] == [3]
    assert rows[2]["Total"] > 0


def test_pages_drift_while_somebody_edits(app: App) -> None:
    app.sandbox.control("faults", action="page_drift", path="/Invoices", edits=5)
    first = app.read("Invoices?page=1&pageSize=20")["Invoices"]
    second = app.read("Invoices?page=2&pageSize=20")["Invoices"]
    third = app.read("Invoices?page=3&pageSize=20")["Invoices"]
    seen = [row["InvoiceID"] for row in first + second + third]
    assert (len(seen), len(set(seen))) == (60, 55)


def test_a_fault_may_wait_for_a_word_in_the_body(app: App) -> None:
    app.sandbox.control("faults", action="answer", body_contains="poison", status=500)
    assert app.call("PUT", "Invoices", invoice(Reference="fine")).status == 200
    assert app.call("PUT", "Invoices", invoice(Reference="poison")).status == 500


def test_a_thousand_documents_may_change_in_one_second(app: App) -> None:
    app.sandbox.control("bulk", organisation=app.organisation_id, invoices=1200)
    burst = app.sandbox.control("burst", organisation=app.organisation_id, count=1000)
    rows = app.read("Invoices?page=1&pageSize=1000&searchTerm=burst")["Invoices"]
    stamps = {row["UpdatedDateUTCString"] for row in rows}
    assert (burst["changed"], len(rows), len(stamps)) == (1000, 1000, 1)


def test_a_fault_that_nobody_knows_is_refused(app: App) -> None:
    answer = app.sandbox.http.request(
        "POST", f"{app.sandbox.base}/sandbox/api/faults", body='{"action":"explode"}'
    )
    assert answer.status == 400
