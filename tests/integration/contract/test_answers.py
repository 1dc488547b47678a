"""What the sandbox answers fits our schemas, which were written from Xero's published specification."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.house.facts import facts
from tests.integration.contract.samples import Sample
from tests.integration.contract.schema import exact, problems, schemas
from tests.integration.xero_sandbox.driver import FORM, HARBOUR, Answer, App, Sandbox
from tests.integration.xero_sandbox.receiver import eventually, listen, receiving
from xero_sandbox.accounting.router import ROUTES

RECORD = {
    "Organisations": "organisation",
    "Actions": "action",
    "Accounts": "account",
    "TaxRates": "tax_rate",
    "TrackingCategories": "tracking_category",
    "Currencies": "currency",
    "Contacts": "contact",
    "Invoices": "invoice",
    "CreditNotes": "credit_note",
    "Overpayments": "overpayment",
    "Payments": "payment",
    "Allocations": "allocation",
    "Attachments": "attachment",
    "HistoryRecords": "history_record",
}


def wrong(sample: Sample) -> Iterator[str]:
    """Problems of one answer: its envelope, and each of its records."""
    if not sample.answer.headers["Content-Type"].startswith("application/json"):
        return
    body = exact(sample.answer.data)
    if sample.answer.status == 400:
        yield from problems("refusal", body)
    elif sample.method == "DELETE":
        yield from problems("allocation_deleted", body)
    else:
        yield from problems("envelope", body)
        [plural] = RECORD.keys() & body.keys()
        for record in body[plural]:
            yield from problems("refused_element" if record.get("HasErrors") else RECORD[plural], record)


@pytest.mark.fact("C2", "C3", "C7", "C8", "C15", "C16", "C21", "C24", "C26")
def test_every_answer_of_the_accounting_api_fits(samples: list[Sample]) -> None:
    assert [f"{sample}: {problem}" for sample in samples for problem in wrong(sample)] == []


def test_every_route_is_sampled(samples: list[Sample]) -> None:
    """With a good answer."""
    good = [(one.method, one.path) for one in samples if one.answer.status == 200]
    missing = [
        f"{route.method} {route.pattern.pattern}"
        for route in ROUTES
        if not any(method == route.method and route.pattern.match(path) for method, path in good)
    ]
    assert missing == []


def test_every_kind_of_refusal_is_sampled(samples: list[Sample]) -> None:
    numbers = {one.answer.json()["ErrorNumber"] for one in samples if one.answer.status == 400}
    assert numbers == {10, 14, 16, 17}


def said(name: str, answer: Answer) -> list[str]:
    return list(problems(name, exact(answer.data)))


@pytest.mark.fact("A6", "A7", "A8", "A9", "B1")
def test_identity_and_connections_fit(app: App) -> None:
    sandbox = app.sandbox
    assert said("tokens", sandbox.refresh(app.tokens["refresh_token"])) == []
    for form in ({"grant_type": "refresh_token", "refresh_token": "x"}, {"grant_type": "password"}, {}):
        assert said("token_refusal", sandbox.token(**form)) == []
    bearer = f"Bearer {app.tokens['access_token']}"
    assert said("connections", sandbox.get("/connections", Authorization=bearer)) == []


@pytest.mark.fact("B6", "B7", "B9")
def test_refused_tokens_and_lost_access_fit(app: App) -> None:
    app.sandbox.control("disconnect-app", organisation=HARBOUR)
    assert said("problem", app.call("GET", "Organisation")) == []
    app.sandbox.control("clock", shift_seconds=1800)
    assert said("problem", app.call("GET", "Organisation")) == []
    app.tokens["access_token"] = "unknown"
    assert said("problem", app.call("GET", "Organisation")) == []


def deliveries(sandbox: Sandbox, app: App) -> list[Any]:
    """The handshake, and one event of each category."""
    with receiving() as receiver:
        listen(sandbox, receiver)
        app.create()
        app.create("CreditNotes")
        sandbox.control("record-overpayment", organisation=HARBOUR, contact="Ada Lessee", amount=5)
        eventually(lambda: len({one["eventCategory"] for one in receiver.events}) == 4)
        return receiver.got


@pytest.mark.fact("E1", "E3")
def test_webhooks_fit(app: App) -> None:
    found = [problem for body in deliveries(app.sandbox, app) for problem in problems("webhook", body)]
    assert found == []


@pytest.mark.fact("A18")
def test_a_revocation_has_no_body(app: App) -> None:
    body = f"token={app.tokens['refresh_token']}&client_id=sandbox-client&client_secret=sandbox-secret"
    address = f"{app.sandbox.base}/connect/revocation"
    answer = app.sandbox.http.request("POST", address, body=body, headers=FORM)
    assert (answer.status, answer.data) == (200, b"")


def test_a_schema_names_the_facts_it_rests_on() -> None:
    rows = {fact.row for fact in facts()}
    named = {
        name: set(re.findall(r"\b[A-G]\d+\b", one["$comment"]))
        for name, one in schemas().items()
        if name != "values"
    }
    assert [name for name, found in named.items() if not found or found - rows] == []


@pytest.mark.parametrize(
    "changed",
    [{"Status": "AUTHORIZED"}, {"Total": 1.005}, {"Date": "2026-01-31"}, {"DueDate": None}, {"Extra": 1}],
)
def test_a_value_that_xero_does_not_have_is_noticed(app: App, changed: dict[str, Any]) -> None:
    """So that an agreement means something."""
    made = app.create()
    assert list(problems("invoice", exact(json.dumps(made)))) == []
    assert list(problems("invoice", exact(json.dumps(made | changed))))
