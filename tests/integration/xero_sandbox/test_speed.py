"""Fast enough to be no bottleneck; the best page counts, since machines are shared."""

import time

from tests.integration.xero_sandbox.driver import HARBOUR, App


def test_pages_of_a_thousand_come_from_rendered_bytes(app: App) -> None:
    app.sandbox.control("bulk", organisation=HARBOUR, invoices=20_000, prerender=True)
    assert min(seconds_for(app, page) for page in range(1, 21)) < 1 / 50


def seconds_for(app: App, page: int) -> float:
    began = time.perf_counter()
    assert app.call("GET", f"Invoices?page={page}&pageSize=1000").status == 200
    return time.perf_counter() - began


def test_many_documents_are_seeded_in_seconds(app: App) -> None:
    made = app.sandbox.control("bulk", organisation=HARBOUR, invoices=50_000)
    assert made["seconds"] < 10
    total = app.read("Invoices?page=50&pageSize=1000")
    assert total["pagination"]["itemCount"] == made["invoices"] == 50_060


def test_beyond_a_hundred_thousand_rows_xero_wants_pages_and_optimised_fields(app: App) -> None:
    app.sandbox.control("bulk", organisation=HARBOUR, invoices=100_000)
    assert app.call("GET", "Invoices").status == 400
    assert app.call("GET", "Invoices?page=1").status == 200
    assert app.call("GET", "Invoices?page=1&where=Total%3E5").json()["ErrorNumber"] == 16
    assert app.call("GET", "Invoices?page=1&where=AmountDue%3E5&order=Date").status == 200
