"""What is matched is sent in Xero's words and held here in ours, and agreeing to it ends there."""

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import F

from integrations.models import Connection
from released.billing.contents import LineDraft, contents_of
from released.billing.models import Document
from sync.conflicts import resolve_conflict
from sync.matching.settling import set_match
from sync.matching.standing import state_of
from sync.models import Conflict, DocumentLink, Problem
from sync.models.matching import Sort
from tests.factories import billing
from tests.integration.sync.by_hand import LINE, type_in_xero
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.integration.sync.matched.playing import (
    MORE,
    REPAIRS,
    SALES,
    chart,
    codes_here,
    codes_there,
    matched,
    person_of,
    writes,
)
from tests.integration.sync.test_both_sides import edit, in_sandbox
from tests.sandbox import HARBOUR_VIEW, Sandbox

Choice = Conflict.Choice


@pytest.fixture(autouse=True)
def _another_chart(sandbox: Sandbox) -> None:
    chart(sandbox, SALES, MORE, REPAIRS)


@pytest.fixture
def shared(connection: Connection) -> Document:
    """In Xero as 4000, here as 200."""
    matched(connection, _200="4000")
    made = approved(connection)
    sync(connection)
    return again(made)


def lines_of(document: Document, **fields: Any) -> tuple[LineDraft, ...]:
    return tuple(replace(line, **fields) for line in contents_of(again(document)).lines)


def test_it_is_sent_in_xeros_words_and_stays_ours_here(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    assert not shared.is_pending
    assert (codes_there(sandbox, shared), codes_here(shared)) == (["4000"], ["200"])
    sandbox.do("record/clear")
    ask(connection)
    assert (writes(sandbox), again(shared).revision) == (0, shared.revision)


def test_an_edit_in_xero_brings_no_word_of_xeros(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    line = {"Description": "Rent, put right", "Quantity": 1, "UnitAmount": 1250, "AccountCode": "4000"}
    in_sandbox(sandbox, shared, lines=[line | {"TaxType": "EXEMPTOUTPUT"}])
    ask(connection)
    assert shared.line_items.get().description == "Rent, put right"
    assert codes_here(shared) == ["200"]
    assert not again(shared).is_pending


def test_booked_elsewhere_in_xero_it_is_booked_elsewhere_here(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    line = LINE | {"UnitAmount": 1250, "AccountCode": "4100"}
    in_sandbox(sandbox, shared, lines=[line])
    ask(connection)
    assert codes_here(shared) == ["4100"]


def test_an_edit_here_is_sent_in_xeros_words(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    edit(shared, person_of(connection), lines=lines_of(shared, description="Rent for May"))
    sync(connection)
    assert codes_there(sandbox, shared) == ["4000"]
    assert not again(shared).is_pending


def test_what_xero_has_comes_here_in_our_words(connection: Connection, sandbox: Sandbox) -> None:
    matched(connection, _200="4000")
    line = LINE | {"UnitAmount": 90, "AccountCode": "4000"}
    days = {"Date": "2026-10-01", "DueDate": "2026-10-09"}
    xero_id = type_in_xero(sandbox, "ACCREC", Contact={"Name": "Somebody New"}, LineItems=[line], **days)
    sync(connection)
    made = DocumentLink.objects.get(xero_id=xero_id).document
    assert codes_here(made) == ["200"]
    sandbox.do("record/clear")
    ask(connection)
    assert writes(sandbox) == 0


def test_several_of_ours_that_are_one_in_xero_settle(connection: Connection, sandbox: Sandbox) -> None:
    matched(connection, _200="4000", _260="4000")
    lines = (billing.line("10.00"), billing.line("20.00", account_code="260"))
    made = approved(connection, lines=lines)
    sync(connection)
    assert codes_there(sandbox, made) == ["4000", "4000"]
    sandbox.do("record/clear")
    ask(connection)
    assert (writes(sandbox), codes_here(made)) == (0, ["200", "260"])


def test_a_match_changed_later_sends_nothing_again(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    matched(connection, _200="4100")
    sandbox.do("record/clear")
    ask(connection)
    assert (writes(sandbox), codes_there(sandbox, shared)) == (0, ["4000"])
    later = approved(connection)
    sync(connection)
    assert codes_there(sandbox, later) == ["4100"]
    matched(connection, _200=None)
    ask(connection)
    assert (codes_here(shared), again(shared).is_pending) == (["200"], False)


@pytest.mark.parametrize("choice", [Choice.OURS, Choice.THEIRS])
def test_a_conflict_is_settled_in_each_sides_words(
    connection: Connection, shared: Document, sandbox: Sandbox, choice: Conflict.Choice
) -> None:
    by = person_of(connection)
    line = LINE | {"Description": "Theirs", "UnitAmount": 1250, "AccountCode": "4000"}
    in_sandbox(sandbox, shared, lines=[line])
    edit(shared, by, lines=lines_of(shared, description="Ours"))
    sync(connection)
    conflict = Conflict.objects.get(document=shared)
    assert conflict.theirs["lines"]["items"][0]["account_code"] == "200"
    resolve_conflict(conflict, choice, by=by)
    sync(connection)
    ask(connection)
    assert not again(shared).is_pending
    assert shared.line_items.get().description == ("Ours" if choice == Choice.OURS else "Theirs")
    assert (codes_there(sandbox, shared), codes_here(shared)) == (["4000"], ["200"])


def test_a_match_cures_what_was_refused(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    assert Problem.objects.get(closed_at=None).subject == "200"
    matched(connection, _200="4000")
    sync(connection)
    assert not again(made).is_pending
    assert not Problem.objects.filter(closed_at=None).exists()


def test_tax_types_and_tracking_are_translated_too(connection: Connection, sandbox: Sandbox) -> None:
    chart(
        sandbox,
        SALES | {"code": "200"},
        tax_rates=[{"tax_type": "TAX001", "name": "Exempt", "applies_to": ["REVENUE"]}],
        tracking={"Estate": ["Mill Lane West"]},
    )
    by = person_of(connection)
    set_match(connection, Sort.TAX_TYPE, "EXEMPTOUTPUT", "TAX001", by=by)
    set_match(connection, Sort.TRACKING_OPTION, "Property\x1fMill Lane", "Estate\x1fMill Lane West", by=by)
    line = billing.line(tracking=({"category": "Property", "option": "Mill Lane"},))
    made = approved(connection, lines=(line,))
    sync(connection)
    assert not again(made).is_pending
    sandbox.do("record/clear")
    ask(connection)
    held = made.line_items.get()
    assert writes(sandbox) == 0
    assert (held.tax_type, held.tracking) == (
        "EXEMPTOUTPUT", [{"category": "Property", "option": "Mill Lane"}],
    )  # fmt: skip


def test_what_only_stands_in_xero_already_needs_nobody(connection: Connection, sandbox: Sandbox) -> None:
    chart(sandbox, SALES | {"code": "200"}, MORE)
    made = approved(connection)
    sync(connection)
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200")
    ask(connection)
    row = next(row for row in state_of(connection).of(Sort.ACCOUNT) if row.ours == "200")
    assert (row.is_open, row.lack) == (False, "archived")
    Document.objects.filter(pk=made.pk).update(revision=F("revision") + 1)
    row = next(row for row in state_of(connection).of(Sort.ACCOUNT) if row.ours == "200")
    assert row.is_open
