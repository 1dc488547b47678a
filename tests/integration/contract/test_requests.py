"""What our product sends fits our schemas: its real code at work, read from the sandbox's record."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.contract.schema import exact, problems
from tests.integration.contract.spoken import Spoken

BODY = {"Invoices": "invoices_request", "CreditNotes": "credit_notes_request", "Contacts": "contacts_request"}


def wrong(one: Spoken) -> Iterator[str]:
    """Problems of one request: its query, and its body or form."""
    if one.path == "/connect/token":
        yield from problems("token_request", one.form)
    elif one.path.startswith("/api.xro/"):
        yield from problems("list_query", one.query)
        if one.method in ("PUT", "POST"):
            yield from problems(BODY[one.endpoint], exact(one.body))


@pytest.mark.fact("A5", "C1", "C4", "C6", "C7", "C13", "C17", "G3")
def test_everything_we_say_to_xero_fits(spoken: list[Spoken]) -> None:
    assert [f"{one}: {problem}" for one in spoken for problem in wrong(one)] == []
    assert kinds(spoken) >= EXPECTED
    for one in spoken:
        if one.method in ("PUT", "POST") and one.endpoint in BODY:
            headers = dict(one.headers)
            assert headers["accept"] == headers["content-type"] == "application/json"
            assert 1 <= len(headers["idempotency-key"]) <= 128


EXPECTED = {
    ("GET", "Organisation"),
    *((method, name) for method in ("GET", "PUT", "POST") for name in BODY),
    ("POST", "token authorization_code"),
    ("POST", "token refresh_token"),
    ("POST", "token client_credentials"),
    ("GET", "connections"),
    ("DELETE", "connections"),
}


def kinds(spoken: list[Spoken]) -> set[tuple[str, str]]:
    """So that nothing is missing when somebody moves code: what was said at all."""
    found = set()
    for one in spoken:
        name = one.endpoint if one.path.startswith("/api.xro/") else one.path.split("/")[1]
        found.add((one.method, f"token {one.form['grant_type']}" if one.path == "/connect/token" else name))
    return found


@pytest.mark.fact("C6", "C13", "C17")
@pytest.mark.parametrize(
    "row",
    [
        {"Type": "ACCREC", "InvoiceNumber": "INV-1"},
        {"InvoiceID": "b1b5a1b1-6f6e-4c5e-9a31-0d8f1d2f7c11", "Status": "DELETED"},
        {"InvoiceID": "b1b5a1b1-6f6e-4c5e-9a31-0d8f1d2f7c11", "Type": "ACCREC", "Contact": {"Name": "Ada"}},
        {"InvoiceID": "b1b5a1b1-6f6e-4c5e-9a31-0d8f1d2f7c11", "Type": "ACCREC", "AmountPaid": 1},
    ],
)
def test_what_we_must_not_send_does_not_fit(row: dict[str, Any]) -> None:
    assert list(problems("invoices_request", {"Invoices": [row]}))
