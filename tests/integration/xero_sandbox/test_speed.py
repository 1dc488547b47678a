"""Fast enough to be no bottleneck: in the sandbox's own processor time, since machines are shared."""

from collections.abc import Callable

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, App

PAGES = range(1, 21)


def cost(app: App, work: Callable[[], object]) -> float:
    """Seconds of one core that the sandbox spends on it."""
    before = app.sandbox.state()["cpu_seconds"]
    work()
    return float(app.sandbox.state()["cpu_seconds"]) - float(before)


def read_all(app: App) -> None:
    for page in PAGES:
        assert app.call("GET", f"Invoices?page={page}&pageSize=1000").status == 200


def test_fifty_pages_of_a_thousand_take_less_than_a_second(app: App) -> None:
    app.sandbox.control("bulk", organisation=HARBOUR, invoices=20_000, prerender=True)
    assert cost(app, lambda: read_all(app)) < len(PAGES) / 50


def test_many_documents_are_seeded_in_seconds(app: App) -> None:
    asked = {"organisation": HARBOUR, "invoices": 50_000}
    assert cost(app, lambda: app.sandbox.control("bulk", **asked)) < 5
    assert app.read("Invoices?page=50&pageSize=1000")["pagination"]["itemCount"] == 50_060


@pytest.mark.fact("C31")
def test_beyond_a_hundred_thousand_rows_xero_wants_pages_and_optimised_fields(app: App) -> None:
    app.sandbox.control("bulk", organisation=HARBOUR, invoices=100_000)
    assert app.call("GET", "Invoices").status == 400
    assert app.call("GET", "Invoices?page=1").status == 200
    assert app.call("GET", "Invoices?page=1&where=Total%3E5").json()["ErrorNumber"] == 16
    assert app.call("GET", "Invoices?page=1&where=AmountDue%3E5&order=Date").status == 200
