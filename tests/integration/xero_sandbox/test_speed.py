"""Fast enough to be no bottleneck: half of what docs/sandbox.md promises, since machines are shared."""

import time

from tests.integration.xero_sandbox.driver import HARBOUR, App


def test_pages_of_a_thousand_come_from_rendered_bytes(app: App) -> None:
    app.sandbox.control("bulk", organisation=HARBOUR, invoices=20_000, prerender=True)
    began = time.perf_counter()
    for page in range(1, 21):
        assert app.call("GET", f"Invoices?page={page}&pageSize=1000").status == 200
    assert 20 / (time.perf_counter() - began) > 25


def test_many_documents_are_seeded_in_seconds(app: App) -> None:
    made = app.sandbox.control("bulk", organisation=HARBOUR, invoices=50_000)
    assert made["seconds"] < 10
    total = app.read("Invoices?page=50&pageSize=1000")
    assert total["pagination"]["itemCount"] == made["invoices"] == 50_060
