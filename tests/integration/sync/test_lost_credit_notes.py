"""A credit note whose answer was lost: looked for as it was sent, whatever has become of ours since."""

from dataclasses import replace
from decimal import Decimal

import pytest

from integrations.models import Connection
from released.billing.contents import LineDraft, contents_of
from released.billing.models import Document, Kind, TaxRate
from released.billing.recording import edit_document
from sync.models import Problem
from sync.turn import take_turn
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, age_deliveries, approved, in_xero, sync
from tests.sandbox import Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def lost(connection: Connection, sandbox: Sandbox, *lines: LineDraft) -> Document:
    made = approved(connection, kind=Kind.CREDIT_NOTE, **({"lines": lines} if lines else {}))
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/CreditNotes")
    take_turn(connection.pk)
    return again(made)


def edit_amount(document: Document, amount: str) -> None:
    contents = contents_of(document)
    lines = (replace(contents.lines[0], unit_amount=Decimal(amount)),)
    person = member(document.company.account)
    edit_document(document, replace(contents, lines=lines), by=person, revision=document.revision)


def test_edited_meanwhile_it_is_found_all_the_same(synced: Connection, sandbox: Sandbox) -> None:
    made = lost(synced, sandbox)
    edit_amount(made, "1300")
    age_deliveries(8)
    sync(synced)
    assert [(row["number"], row["total"]) for row in in_xero(sandbox)] == [(again(made).number, 1300)]
    assert not again(made).is_pending


def test_a_rate_that_differs_in_xero_does_not_hide_it(synced: Connection, sandbox: Sandbox) -> None:
    rates = TaxRate.objects.filter(company=synced.company, tax_type="OUTPUT2")
    assert rates.update(rate=Decimal("17.5"))
    made = lost(synced, sandbox, billing.line("100.00", tax_type="OUTPUT2"))
    assert made.total == Decimal("117.50")
    age_deliveries(8)
    sync(synced)
    assert [(row["number"], row["total"]) for row in in_xero(sandbox)] == [(again(made).number, 120)]
    assert not Problem.objects.exists()
