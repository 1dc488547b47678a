"""Sync results: one cause, many documents, fixed once; exclude and include without doubling."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.clock import now, today
from sync.models import DocumentLink, Problem, SetAside
from tests.factories.billing import document
from tests.factories.cast import Cast

Browse = Callable[[User], Client]
Link = Callable[..., DocumentLink]
RESULTS = "/income-and-expenses/sync-results/"
SAYS = "Account code 310 is archived or missing in Xero. Restore it there, or choose another one here."


def problem_with(connected: Connection, link: Link, *documents: Document, **fields: str) -> Problem:
    given = {
        "cause": Problem.Cause.ACCOUNT_CODE,
        "subject": "310",
        "says": SAYS,
        "xero_says": "not valid",
    } | fields
    problem = Problem.objects.create(connection=connected, opened_at=now(), **given)
    for one in documents:
        link(one, connected, xero_id=None, agreed_at=None, blocked_revision=one.revision, problem=problem)
    return problem


@pytest.fixture
def problem(cast: Cast, connected: Connection, link: Link) -> Problem:
    return problem_with(connected, link, *(document(cast.harbour_view) for _ in range(3)))


def act(client: Client, problem: Problem, **fields: object) -> int:
    return client.post(f"/income-and-expenses/problems/{problem.pk}/", fields).status_code


def test_refusals_are_grouped_by_cause_with_xero_s_own_words(admin: Client, problem: Problem) -> None:
    page = admin.get(RESULTS).content.decode()
    assert "3 documents need a decision" in page
    assert ">Account code 310 is archived or missing in Xero</h2>" in page
    assert "Xero’s words: not valid" in page
    assert "£3,750.00 of income" in page


def test_it_is_a_tab_of_income_and_expenses(admin: Client, problem: Problem) -> None:
    page = admin.get(RESULTS).content.decode()
    menu, tabs = page.partition('aria-label="Main"')[2], page.partition('aria-label="Income and Expenses"')[2]
    for nav, words in ((menu, "Income and Expenses"), (tabs, "Sync results")):
        assert re.findall(r'aria-current="page">([^<]+)<', nav.partition("</nav>")[0]) == [words]


def test_sending_again_releases_all_documents_of_the_cause(
    cast: Cast, admin: Client, problem: Problem
) -> None:
    assert act(admin, problem, act="retry") == 302
    problem.refresh_from_db()
    assert problem.closed_at is not None
    assert DocumentLink.objects.filter(blocked_revision__isnull=False).count() == 0
    assert "Nothing needs a decision" in admin.get(RESULTS).content.decode()


def test_excluded_documents_can_be_included_again_and_keep_their_link(
    cast: Cast, admin: Client, problem: Problem
) -> None:
    act(admin, problem, act="exclude")
    links = DocumentLink.objects.filter(excluded_at__isnull=False)
    assert links.count() == 3
    one = links.first()
    assert one is not None
    assert one.excluded_by == cast.admin
    admin.post(f"/income-and-expenses/{one.pk}/sharing/", {"share": "yes"})
    one.refresh_from_db()
    assert one.excluded_at is None
    assert DocumentLink.objects.filter(document=one.document).count() == 1


def test_every_chip_lists_what_it_counts(cast: Cast, admin: Client, connected: Connection) -> None:
    connected.sync_from = today()
    connected.save()
    document(cast.harbour_view)
    document(cast.harbour_view, date=today() - timedelta(days=60))
    assert "Waiting: 1 document" in admin.get(RESULTS, {"show": "waiting"}).content.decode()
    assert "Before sync-from date: 1 document" in admin.get(RESULTS, {"show": "held"}).content.decode()
    assert "None at present" in admin.get(RESULTS, {"show": "excluded"}).content.decode()


def test_what_may_be_in_xero_is_linked_by_a_person_or_sent_again_by_choice(
    cast: Cast, admin: Client, connected: Connection, link: Link
) -> None:
    doubtful = document(cast.harbour_view)
    problem = problem_with(
        connected, link, doubtful, cause=Problem.Cause.AMBIGUOUS, says="It may be in Xero. Compare."
    )
    theirs = uuid4()
    candidate = SetAside.objects.create(
        connection=connected, stream="invoices", xero_id=str(theirs), reason=SetAside.Reason.AMBIGUOUS,
        payload={"InvoiceNumber": "INV-000877", "Total": "1250.00"}, document=doubtful, at=now(),
    )  # fmt: skip
    assert "INV-000877" in admin.get(RESULTS).content.decode()
    assert act(admin, problem, act="link", candidate=candidate.pk) == 302
    assert DocumentLink.objects.get(document=doubtful).xero_id == theirs


@pytest.mark.parametrize("fields", [{}, {"act": "nonsense"}])
def test_an_unknown_act_changes_nothing(admin: Client, problem: Problem, fields: dict[str, str]) -> None:
    assert act(admin, problem, **fields) == 400
    assert problem.links.count() == 3


def test_a_foreign_candidate_does_not_exist(admin: Client, problem: Problem) -> None:
    assert act(admin, problem, act="link", candidate="999999") == 404


def test_property_managers_do_not_settle_documents(cast: Cast, browse: Browse, problem: Problem) -> None:
    manager = browse(cast.manager)
    assert manager.get(RESULTS).status_code == 403
    assert act(manager, problem, act="retry") == 403


def test_a_stranger_finds_nothing(cast: Cast, browse: Browse, problem: Problem) -> None:
    stranger = browse(cast.stranger)
    assert act(stranger, problem, act="retry") == 404
    assert "Nothing needs a decision" in stranger.get(RESULTS).content.decode()
    assert stranger.get(RESULTS, {"company": cast.harbour_view.pk}).status_code == 404
