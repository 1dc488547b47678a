"""A comparison that a minute's calls do not hold: what was read is kept, and its report is honest."""

import pytest
from django.db import transaction
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document, Kind
from sync import allowance
from sync.asking import ask_sync
from sync.comparison import begun
from sync.models import DocumentLink, Reconciliation
from tests.integration.sync.conftest import approved, fresh_minute, sync
from tests.integration.sync.test_reading import here, living
from tests.integration.sync.test_small_allowance import turns_until_done
from tests.sandbox import HARBOUR_VIEW, Sandbox

NOTES, A_MINUTE = 25, 20


MOVED = {"reference": "there", "date": "2024-06-01"}  # before all the days that are listed


def short_minutes(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two seconds, with fewer calls than a comparison takes; Xero itself has more, and does not say so."""
    monkeypatch.setattr(allowance, "WINDOW_MS", 2_000)
    monkeypatch.setattr(allowance, "MINUTE", A_MINUTE)
    monkeypatch.setattr(allowance, "_remaining", lambda headers: ("", "", ""))
    sandbox.do("limits", minute=100_000)
    fresh_minute()


def changed_on_both_sides(connection: Connection, sandbox: Sandbox, there: dict[str, str]) -> list[Document]:
    notes = [approved(connection, kind=Kind.CREDIT_NOTE) for _ in range(NOTES)]
    sync(connection)
    with transaction.atomic():
        rows = Document.objects.filter(pk__in=[one.pk for one in notes])
        rows.update(reference="here", revision=F("revision") + 1)
    for one in DocumentLink.objects.filter(document__in=notes).values_list("xero_id", flat=True):
        sandbox.do("edit-document", document=str(one), organisation=HARBOUR_VIEW, set=there)
    return notes


def singly_read(sandbox: Sandbox) -> int:
    rows = sandbox.see("record", last=500)["requests"]
    return sum(row["method"] == "GET" and "/CreditNotes/" in row["path"] for row in rows)


@pytest.mark.parametrize("there", [{"reference": "there"}, MOVED])
def test_what_cannot_be_healed_is_read_once_and_listed(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, there: dict[str, str]
) -> None:
    notes = changed_on_both_sides(connection, sandbox, there)
    short_minutes(sandbox, monkeypatch)
    ask_sync(connection, by=None)
    sandbox.do("record/clear")
    turns_until_done(connection)
    assert singly_read(sandbox) == NOTES
    report = Reconciliation.objects.filter(connection=connection).latest("pk")
    assert (report.ended_at is not None, report.agrees, report.under_way) == (True, False, None)
    ours = {one.pk for one in notes}
    assert {(row["document"], row["what"]) for row in report.differences} >= {
        (pk, "Held back") for pk in ours
    }
    assert {row["what"] for row in report.differences if row["document"] in ours} == {"Held back"}


def test_days_with_more_pages_than_a_minute_has_calls_are_made_fewer(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(connection)
    monkeypatch.setattr(begun, "MOST_PAGES", 2)
    monkeypatch.setattr("sync.comparison.sides.PAGE_SIZE", 20)
    short_minutes(sandbox, monkeypatch)
    ask_sync(connection, by=None)
    turns_until_done(connection)
    report = Reconciliation.objects.filter(connection=connection).latest("pk")
    assert here(connection) == living(sandbox)
    assert (report.agrees, report.compared) == (True, len(living(sandbox)))
