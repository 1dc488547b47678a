"""A comparison that a minute's calls do not hold: what was read is kept, and its report is honest."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document, Kind, Status
from sync import allowance
from sync.asking import ask_sync
from sync.comparison import begun
from sync.models import DocumentLink, Reconciliation
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, sync
from tests.integration.sync.test_reading import here, living
from tests.integration.sync.test_small_allowance import turns_until_done
from tests.sandbox import HARBOUR_VIEW, Sandbox

NOTES, A_MINUTE, ON_A_DAY = 25, 20, 60
ESTATES = "Castlegate Estates Ltd"
ELSEWHERE = {"reference": "there", "total": "92.40"}


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


@pytest.mark.parametrize(("there", "readings"), [({"reference": "there"}, 0), (MOVED, NOTES)])
def test_what_cannot_be_healed_is_read_once_and_listed(
    connection: Connection,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    there: dict[str, str],
    readings: int,
) -> None:
    """A credit note that is listed is whole in the list; one that is not is read by its id."""
    notes = changed_on_both_sides(connection, sandbox, there)
    short_minutes(sandbox, monkeypatch)
    ask_sync(connection, by=None)
    sandbox.do("record/clear")
    turns_until_done(connection)
    assert singly_read(sandbox) == readings
    report = Reconciliation.objects.filter(connection=connection).latest("pk")
    assert (report.ended_at is not None, report.agrees, report.under_way) == (True, False, None)
    ours = {one.pk for one in notes}
    assert {(row["document"], row["what"]) for row in report.differences} >= {
        (pk, "Held back") for pk in ours
    }
    assert {row["what"] for row in report.differences if row["document"] in ours} == {"Held back"}
    assert {row["xero"] for row in report.differences if row["document"] in ours} == {str(notes[0].total)}


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


def test_a_credit_note_that_xeros_stamps_missed_is_healed_by_the_list(
    connection: Connection, sandbox: Sandbox
) -> None:
    """It was changed long before what a pull reads once more."""
    sync(connection)
    note = Document.objects.filter(kind=Kind.CREDIT_NOTE, status=Status.AUTHORISED).earliest("date")
    there = str(DocumentLink.objects.get(document=note).xero_id)
    sandbox.do("edit-document", document=there, organisation=HARBOUR_VIEW, set=ELSEWHERE, touch=False)
    sandbox.do("record/clear")
    ask(connection)
    assert (again(note).reference, again(note).total) == ("there", Decimal(ELSEWHERE["total"]))
    assert singly_read(sandbox) == 0
    assert Reconciliation.objects.filter(connection=connection).latest("pk").agrees


def test_a_day_that_no_minute_holds_is_listed_over_several(
    transactional_db: None, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is edited meanwhile; the next minute goes on where the last one stopped."""
    connection = sandbox.connection(organisation=ESTATES)
    sandbox.do("bulk", organisation=ESTATES, invoices=ON_A_DAY, lines=1, days=1)
    sync(connection)
    monkeypatch.setattr("sync.comparison.sides.PAGE_SIZE", 2)
    monkeypatch.setattr(begun, "MOST_PAGES", 2)
    short_minutes(sandbox, monkeypatch)
    ask_sync(connection, by=None)
    sandbox.do("faults", action="page_drift", path="/Invoices", edits=3, nth=6, times=4)
    sandbox.do("record/clear")
    turns_until_done(connection)
    report = Reconciliation.objects.filter(connection=connection).latest("pk")
    assert (report.agrees, report.under_way) == (True, None)
    assert report.compared == Document.objects.filter(company=connection.company).count() > 2 * A_MINUTE
    asked = [one["query"] for one in sandbox.see("record", last=500)["requests"] if "summary" in one["query"]]
    assert len(asked) > 2 * A_MINUTE
    assert [month["here"] for month in report.months] == [month["xero"] for month in report.months]
