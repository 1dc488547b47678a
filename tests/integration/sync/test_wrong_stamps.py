"""A stamp of Xero's that lies ahead, of one record or of all: no place follows it, so nothing is missed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.models import Connection
from released.billing.models import Document
from released.clock.database import database_now
from released.portfolio.models import Contact
from sync.models import PullPlace, Schedule
from sync.pull.listing import stamps_of
from tests.integration.sync.conftest import again, approved, fresh_minute, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

YEARS = 20 * 365 * 86_400


@pytest.fixture
def two(connection: Connection) -> tuple[Document, Document]:
    """Both in Xero, and a contact each."""
    made = approved(connection), approved(connection)
    sync(connection)
    return made


def edit(sandbox: Sandbox, document: Document, reference: str) -> None:
    xero_id = str(Document.objects.get(pk=document.pk).link.xero_id)
    changed = {"reference": reference}
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set=changed)


def regular(connection: Connection, sandbox: Sandbox) -> int:
    """A regular pull, which compares nothing; how many calls it made for invoices."""
    fresh_minute()
    sandbox.do("record/clear")
    Schedule.objects.update(pull_due_at=None)
    sync(connection)
    rows = sandbox.see("record", last=500)["requests"]
    return sum(row["path"].endswith("/Invoices") for row in rows)


@pytest.mark.fact("C5")
def test_one_document_stamped_years_ahead_hides_no_later_change(
    connection: Connection, sandbox: Sandbox, two: tuple[Document, Document]
) -> None:
    odd, other = two
    sandbox.do("clock", shift_seconds=YEARS)
    edit(sandbox, odd, "from the future")
    sandbox.do("clock", reset=True)
    assert regular(connection, sandbox) == 1
    assert again(odd).reference == "from the future"
    for word in ("a change", "and another"):
        edit(sandbox, other, word)
        assert regular(connection, sandbox) == 1  # it is listed each time, and costs no second page
        assert again(other).reference == word
    edit(sandbox, odd, "back")
    regular(connection, sandbox)
    assert again(odd).reference == "back"


def test_one_contact_stamped_years_ahead_hides_no_later_change(
    connection: Connection, sandbox: Sandbox, two: tuple[Document, Document]
) -> None:
    odd, other = (document.contact for document in two)
    sandbox.do("clock", shift_seconds=YEARS)
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=odd.name, email="odd@example.com")
    sandbox.do("clock", reset=True)
    regular(connection, sandbox)
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=other.name, email="other@example.com")
    regular(connection, sandbox)
    emails = Contact.objects.filter(pk__in=[odd.pk, other.pk]).values_list("email", flat=True)
    assert set(emails) == {"odd@example.com", "other@example.com"}


def test_when_xeros_whole_clock_was_ahead_everything_is_read_anew(
    connection: Connection, sandbox: Sandbox, two: tuple[Document, Document]
) -> None:
    first, other = two
    sandbox.do("clock", shift_seconds=86_400)
    edit(sandbox, first, "a day ahead")
    regular(connection, sandbox)
    sandbox.do("clock", reset=True)
    edit(sandbox, other, "at the right time")
    regular(connection, sandbox)
    assert (again(first).reference, again(other).reference) == ("a day ahead", "at the right time")
    places = PullPlace.objects.filter(stream__in=("invoices", "contacts"))
    assert all(place.high_water < database_now() for place in places if place.high_water)
    sync(connection)
    edit(sandbox, other, "read by one page again")
    assert regular(connection, sandbox) == 1
    assert again(other).reference == "read by one page again"


def test_a_first_reading_begins_by_xeros_clock_where_ours_is_ahead(
    connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("clock", shift_seconds=-86_400)
    sync(connection)
    place = PullPlace.objects.get(stream="invoices")
    assert place.high_water is not None
    assert place.high_water < database_now() - timedelta(hours=23)


@dataclass
class Listed:
    """A page of some records."""

    records: list[Any]
    answered_at: datetime | None
    item_count: int | None = None
    page_count: int | None = None


@pytest.mark.django_db
@pytest.mark.parametrize("says_when", [True, False])
def test_it_is_xeros_clock_or_else_the_databases(says_when: bool) -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC) if says_when else database_now()
    stamps = [moment - timedelta(days=1), moment, moment + timedelta(days=1)]
    records = [{"UpdatedDateUTC": f"/Date({round(one.timestamp() * 1000)})/"} for one in stamps]
    found = stamps_of(Listed(records, moment if says_when else None))
    assert [round(one.timestamp()) for one in found] == [round(one.timestamp()) for one in stamps[:2]]
