"""Dating what a lock refuses on the first open day: exactly those still refused, as an edit."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import Membership, User
from released.accounts.permissions import RESOLVE
from released.billing.models import Document, Status
from released.clock import now
from sync import standing
from sync.excluding import exclude_document
from sync.models import DocumentLink, Problem
from sync.redating import moved_due_date, open_day
from tests.factories.billing import document
from tests.factories.cast import Cast

Browse = Callable[[User], Client]
Link = Callable[..., DocumentLink]
LOCK, OPEN = date(2026, 8, 31), date(2026, 9, 1)
AUGUST = date(2026, 8, 10)


@pytest.fixture
def problem(connected: Connection) -> Problem:
    connected.period_lock_date = LOCK
    connected.save()
    return Problem.objects.create(
        connection=connected, cause=Problem.Cause.LOCK_DATE, subject="2026-08-31", opened_at=now(),
        says="The period up to 31 Aug 2026 is locked in Xero. Date the document later.",
    )  # fmt: skip


@pytest.fixture
def refused(cast: Cast, problem: Problem, link: Link) -> Callable[..., Document]:
    def _refused(*, at: int = 0, **fields: object) -> Document:
        """`at`: how many revisions ago it was refused."""
        on_link = {"xero_id": fields.pop("xero_id", None), "agreed_date": fields.pop("agreed_date", None)}
        made = document(cast.harbour_view, **{"date": AUGUST, **fields})  # type: ignore[arg-type]
        link(made, problem.connection, agreed_at=None, problem=problem,
             blocked_revision=made.revision - at, **on_link)  # fmt: skip
        return made

    return _refused


Refused = Callable[..., Document]


def address(problem: Problem) -> str:
    return f"/income-and-expenses/problems/{problem.pk}/date/"


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def send(client: Client, problem: Problem, day: date = OPEN) -> str:
    return client.post(address(problem), {"day": day.isoformat()}, follow=True).content.decode()


def dates(*documents: Document) -> list[tuple[date, date | None, int]]:
    rows = [Document.objects.get(pk=one.pk) for one in documents]
    return [(one.date, one.due_date, one.revision) for one in rows]


def test_those_still_refused_are_dated_by_an_edit_and_wait_again(
    cast: Cast, admin: Client, problem: Problem, refused: Refused
) -> None:
    short, later = refused(), refused(due_date=date(2026, 9, 30))
    assert "Date all 2 on 1 Sep 2026" in words(admin, "/income-and-expenses/sync-results/")
    asked = words(admin, address(problem))
    assert "Each of them gets the date 1 Sep 2026 here" in asked
    assert "1 due date would lie before the new date, and moves along" in asked
    assert "24 Aug 2026<small>then 15 Sep 2026</small>" in asked
    assert "Dated 1 Sep 2026 and sent again: 2 documents." in send(admin, problem)
    assert dates(short, later) == [(OPEN, date(2026, 9, 15), 3), (OPEN, date(2026, 9, 30), 3)]
    event = short.events.get(what="edited")
    assert event.actor == cast.admin
    assert "10 Aug 2026" in event.says
    problem.refresh_from_db()
    assert problem.closed_at is not None
    assert {one.standing for one in standing.with_standing(Document.objects.all())} == {standing.WAITING}


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-31", "2026-09-01T00:00"])
def test_a_day_that_was_never_shown_is_refused(
    admin: Client, problem: Problem, refused: Refused, day: str
) -> None:
    before = dates(waiting := refused())
    assert admin.post(address(problem), {"day": day}).status_code == 400
    assert dates(waiting) == before


def test_no_other_document_is_touched(
    cast: Cast, admin: Client, problem: Problem, refused: Refused, link: Link
) -> None:
    """Edited since, excluded, in Xero in the locked time, paid, of another cause, never refused."""
    wanted = refused()
    others = [
        refused(at=1),
        refused(xero_id=uuid4(), agreed_date=AUGUST),
        refused(status=Status.PAID),
        refused(status=Status.VOIDED),
        document(cast.harbour_view, date=AUGUST),
    ]
    excluded = refused()
    exclude_document(excluded, by=cast.admin)
    other_cause = Problem.objects.create(
        connection=problem.connection, cause=Problem.Cause.NUMBER, opened_at=now()
    )
    other = document(cast.harbour_view, date=AUGUST)
    link(other, problem.connection, xero_id=None, problem=other_cause, blocked_revision=other.revision)
    before = dates(*others, excluded, other)
    assert "Date 1 document on 1 Sep 2026" in words(admin, "/income-and-expenses/sync-results/")
    assert "4 other documents of this cause stay as they are" in words(admin, address(problem))
    send(admin, problem)
    assert dates(wanted)[0][0] == OPEN
    assert dates(*others, excluded, other) == before
    problem.refresh_from_db()
    assert problem.closed_at is None


def test_one_that_cannot_be_saved_is_named_and_keeps_no_other_back(
    admin: Client, problem: Problem, refused: Refused
) -> None:
    archived, fine = refused(), refused()
    archived.contact.is_archived = True
    archived.contact.save()
    page = send(admin, problem)
    assert "sent again: 1 document." in page
    assert f"{archived}: {archived.contact} is archived" in page
    assert [row[0] for row in dates(archived, fine)] == [AUGUST, OPEN]
    assert DocumentLink.objects.get(document=archived).problem == problem


def test_a_lock_that_moved_meanwhile_dates_nothing(admin: Client, problem: Problem, refused: Refused) -> None:
    made = refused()
    problem.connection.period_lock_date = date(2026, 9, 30)
    problem.connection.save()
    page = send(admin, problem)
    assert "nothing was done" in page
    assert "Date 1 document on 1 Oct 2026?" in page
    assert dates(made)[0][0] == AUGUST


def test_twice_changes_nothing_more(admin: Client, problem: Problem, refused: Refused) -> None:
    made = refused()
    send(admin, problem)
    assert "No document of this cause waits for another date any more." in send(admin, problem)
    assert dates(made)[0][2] == 3


def test_settling_alone_does_not_let_anybody_change_documents(
    cast: Cast, browse: Browse, problem: Problem, refused: Refused
) -> None:
    made = refused()
    role = Membership.objects.get(user=cast.manager).role
    role.permissions = [RESOLVE]
    role.save()
    settler = browse(cast.manager)
    page = words(settler, "/income-and-expenses/sync-results/")
    assert "Send 1 document again" in page
    assert "Date 1 document" not in page
    assert settler.post(address(problem), {"day": OPEN.isoformat()}).status_code == 403
    assert dates(made)[0][0] == AUGUST


def test_the_later_of_what_was_read_and_what_xero_named_counts(problem: Problem) -> None:
    assert open_day(problem) == OPEN
    problem.subject = "2026-10-31"
    assert open_day(problem) == date(2026, 11, 1)
    problem.connection.period_lock_date, problem.subject = None, "some day"
    assert open_day(problem) is None
    problem.cause, problem.subject = Problem.Cause.NUMBER, "2026-10-31"
    assert open_day(problem) is None


@pytest.mark.parametrize(
    ("due", "then"),
    [(None, None), (OPEN, OPEN), (date(2026, 12, 1), date(2026, 12, 1)), (LOCK, date(2026, 9, 22)),
     (date(2026, 8, 1), OPEN)],
)  # fmt: skip
def test_a_due_date_moves_only_if_it_would_lie_before_the_new_date(
    due: date | None, then: date | None
) -> None:
    assert moved_due_date(AUGUST, due, OPEN) == then


def test_the_rest_of_a_long_list_is_one_click_away(
    cast: Cast, admin: Client, problem: Problem, refused: Refused
) -> None:
    numbers = [refused().number for _ in range(26)]
    page = words(admin, "/income-and-expenses/sync-results/")
    path = f"/income-and-expenses/?company={cast.harbour_view.pk}&amp;sync=refused"
    assert f'<a href="{path}">Show all that Xero refused</a>' in page
    listed = words(admin, path.replace("&amp;", "&"))
    assert all(f">{number}</a>" in listed for number in numbers)
