"""The receipt of a catch-up and the reconciliation report: numbers, differences, a file to keep."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from released.portfolio.models import Company
from sync.models import Delivery, DeliveryItem, DocumentLink, Reconciliation, Run
from sync.pages import receipt as receipts
from sync.pages.reconciling import safe
from tests.factories.billing import document
from tests.factories.cast import Cast

MINUTE = timedelta(minutes=1)
SIDE = {"count": 12, "income": "12500.00", "expenses": "3120.55"}


@pytest.fixture
def run(connected: Connection) -> Run:
    began = now() - 5 * MINUTE
    return Run.objects.create(
        connection=connected, trigger=Run.Trigger.RECONNECT, started_at=began, began_at=began, pulled=12,
        ended_at=began + MINUTE, phase=Run.Phase.DONE, result="done", pushed=1, applied=2,
    )  # fmt: skip


def compare(run: Run, **fields: Any) -> Reconciliation:
    given = {
        "compared": 12,
        "agrees": True,
        "months": [{"month": "2026-09", "here": SIDE, "xero": SIDE}],
    } | fields
    return Reconciliation.objects.create(
        connection=run.connection, run=run, at=now(), ended_at=now(), **given
    )


def receipt(client: Client, run: Run, query: str = "") -> str:
    return client.get(f"/settings/add-ons/xero/{run.connection.company_id}/receipt/{query}").content.decode()


def test_the_receipt_lists_what_was_sent_once_and_proves_that_both_sides_agree(
    cast: Cast, admin: Client, run: Run
) -> None:
    sent = document(cast.harbour_view, number="INV-000121", shared=True)
    DocumentLink.objects.create(document=sent, connection=run.connection, xero_id=uuid4())
    for _ in range(2):
        delivery = Delivery.objects.create(
            connection=run.connection, method="PUT", endpoint="Invoices", is_create=True, body="{}",
            idempotency_key=str(uuid4()), first_sent_at=run.began_at, last_sent_at=run.began_at + MINUTE / 2,
            state=Delivery.State.SETTLED,
        )  # fmt: skip
        DeliveryItem.objects.create(
            delivery=delivery, position=0, document=sent, revision=1, sent={}, is_open=False
        )
    compare(run)
    page = receipt(admin, run)
    assert "1 document sent, 2 changes received" in page
    assert page.count("INV-000121") == 1
    assert 'data-agrees="yes"' in page
    assert "£12,500.00" in page


def send(run: Run, number: str, company: Company) -> None:
    sent = document(company, number=number, shared=True)
    DocumentLink.objects.create(document=sent, connection=run.connection, xero_id=uuid4())
    delivery = Delivery.objects.create(
        connection=run.connection, method="PUT", endpoint="Invoices", is_create=True, body="{}",
        idempotency_key=str(uuid4()), first_sent_at=run.began_at, last_sent_at=run.began_at + MINUTE / 2,
        state=Delivery.State.SETTLED,
    )  # fmt: skip
    DeliveryItem.objects.create(delivery=delivery, position=0, document=sent, revision=1, sent={})


def test_a_long_receipt_begins_with_the_proof_and_has_all_on_further_pages(
    cast: Cast, admin: Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "LISTED", 2)
    for number in ("INV-1", "INV-2", "INV-3"):
        send(run, number, cast.harbour_view)
    compare(run)
    first, second = receipt(admin, run), receipt(admin, run, "?page=2")
    assert first.index("Both sides compared") < first.index("What was sent") < first.index("INV-1")
    assert 'href="?page=2"' in first
    assert "INV-3" not in first
    assert "INV-3" in second
    for page in (first, second):
        assert "3 documents, each once" in page
        assert "£3,750.00" in page


def test_what_was_sent_is_added_up_for_each_currency_alone(cast: Cast, admin: Client, run: Run) -> None:
    send(run, "INV-1", cast.harbour_view)
    send(run, "INV-2", cast.harbour_view)
    Document.objects.filter(number="INV-2").update(currency="USD")
    page = receipt(admin, run)
    assert "Income, USD" in page
    assert "Expenses, USD" not in page
    assert page.count("£1,250.00") == page.count("US$1,250.00") == 2
    assert "2,500.00" not in page


def test_where_nothing_was_sent_it_says_what_would_send_it(
    cast: Cast, admin: Client, run: Run, link: Callable[..., DocumentLink]
) -> None:
    stuck = document(cast.harbour_view)
    link(stuck, run.connection, xero_id=None, blocked_revision=stuck.revision)
    page = receipt(admin, run)
    assert "What needs a decision is sent once somebody decides." in page
    assert "goes out by itself" not in page
    document(cast.harbour_view)
    assert "What waits goes out by itself." in receipt(admin, run)


def test_a_difference_is_never_hidden(admin: Client, run: Run) -> None:
    compare(run, agrees=False, differences=[{"document": None, "number": "INV-9", "what": "total"}])
    page = receipt(admin, run)
    assert 'data-agrees="no"' in page
    assert "is in step" not in page


def test_reading_our_own_changes_again_takes_no_receipts_place(admin: Client, run: Run) -> None:
    compare(run)
    echo = Run.objects.create(
        connection=run.connection, trigger=Run.Trigger.WEBHOOK, started_at=now(), began_at=now(),
        pull_total=500, pulled=500, ended_at=now(), phase=Run.Phase.DONE, result="done",
    )  # fmt: skip
    assert 'data-agrees="yes"' in receipt(admin, run)
    echo.applied = 400
    echo.save()
    assert 'data-agrees="yes"' not in receipt(admin, run)


def test_without_a_finished_run_there_is_no_receipt(admin: Client, connected: Connection) -> None:
    answer = admin.get(f"/settings/add-ons/xero/{connected.company_id}/receipt/")
    assert answer.status_code == 302


def test_the_report_shows_months_on_both_sides(admin: Client, run: Run) -> None:
    compare(run, agrees=False, months=[{"month": "2026-09", "here": SIDE, "xero": SIDE | {"count": 11}}])
    page = admin.get("/reconciliation/").content.decode()
    assert "Sep 2026" in page
    assert "11 in Xero" in page
    assert "differ" in page


def test_the_report_shows_other_currencies_beside_the_companys(cast: Cast, admin: Client, run: Run) -> None:
    dollars, fewer = ({"USD": {"income": sum_, "expenses": "0.00"}} for sum_ in ("700.00", "650.00"))
    months = [{"month": "2026-09", "here": SIDE | {"others": dollars}, "xero": SIDE | {"others": fewer}}]
    compare(run, agrees=False, months=months)
    page = " ".join(admin.get("/reconciliation/").content.decode().split())
    assert "<small>US$700.00, US$650.00 in Xero</small>" in page
    assert "Income, USD" in page
    assert "Expenses, USD" not in page
    answer = admin.get("/reconciliation/download/", {"company": cast.harbour_view.pk})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["Currency", "GBP"] in rows
    assert ["2026-09", "USD", "700.00", "0.00", "650.00", "0.00"] in rows


def test_differences_are_money_in_their_own_currency_with_the_reason_beneath(
    cast: Cast, admin: Client, run: Run
) -> None:
    euros = document(cast.harbour_view)
    euros.currency = "EUR"
    euros.save()
    held = {"document": euros.pk, "number": euros.number, "what": "Held back", "here": "1250.00", "xero": "",
            "why": "The period is locked. Date it later; then it is sent."}  # fmt: skip
    there = {"document": None, "number": "INV-9", "what": "Only in Xero", "here": "", "xero": "1500.00"}
    reference = {"document": None, "number": "INV-8", "what": "Reference", "here": "77.00", "xero": "78.00"}
    compare(run, agrees=False, differences=[held, there, there | {"currency": "USD"}, reference])
    page = " ".join(admin.get("/reconciliation/").content.decode().split())
    assert "Held back<small>The period is locked.</small>" in page
    assert "Date it later" not in page
    for amount in ("€1,250.00", "£1,500.00", "US$1,500.00", "77.00"):
        assert f'class="num"> {amount} </td>' in page
    assert page.index('id="months"') < page.index('id="differences"')
    file = admin.get("/reconciliation/download/", {"company": cast.harbour_view.pk}).content.decode()
    assert f"{euros.number},Held back: The period is locked. Date it later; then it is sent.,1250.00," in file


def test_a_comparison_under_way_is_not_shown_yet(admin: Client, run: Run) -> None:
    compare(run)
    Reconciliation.objects.update(ended_at=None)
    assert "Not compared yet" in admin.get("/reconciliation/").content.decode()


def test_the_file_holds_months_and_differences(cast: Cast, admin: Client, run: Run) -> None:
    odd = {"document": None, "number": "=1+1", "what": "total", "here": "£1.00", "xero": "£2.00"}
    compare(run, agrees=False, differences=[odd])
    answer = admin.get("/reconciliation/download/", {"company": cast.harbour_view.pk})
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["2026-09", "12", "12500.00", "3120.55", "12", "12500.00", "3120.55"] in rows
    assert ["'=1+1", "total", "£1.00", "£2.00"] in rows


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert safe(text).startswith("'")


def test_before_the_first_comparison_there_is_no_file(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    given = {"company": cast.harbour_view.pk}
    assert admin.get("/reconciliation/download/", given).status_code == 404
