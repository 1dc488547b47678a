"""A first connection leads over the matching where something is to be chosen; nothing ever waits for it."""

from datetime import date
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import transaction

from integrations.models import Connection
from released.billing.models import Document, LedgerAccount
from released.portfolio.models import Company
from sync.matching.standing import Row, state_of
from sync.models import ChartReading, ContactLink, Match, NearContact, Problem
from sync.models.matching import Sort
from sync.pages.match_rows import asked
from sync.turn import Next, take_turn
from tests.factories import ContactFactory, billing
from tests.factories.cast import Cast
from tests.flows import Person, address, text_of
from tests.sandbox import HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "777"


@pytest.fixture(autouse=True)
def _fresh_allowance() -> None:
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


@transaction.atomic
def approved(company: Company, **fields: Any) -> Document:
    return billing.document(company, **fields)


def rent(company: Company, code: str = OWN, **fields: Any) -> Document:
    """An approved invoice that is booked to an account of ours."""
    LedgerAccount.objects.get_or_create(
        company=company, code=code, defaults={"name": "Residential rent", "group": LedgerAccount.Group.INCOME}
    )
    return approved(company, lines=(billing.line(account_code=code),), **fields)


def connection_of(company: Company) -> Connection:
    return Connection.objects.get(company=company)


def row_of(company: Company, ours: str = OWN) -> Row:
    return next(row for row in state_of(connection_of(company)).rows if row.ours == ours)


def pick(company: Company, label: str, ours: str = OWN) -> dict[str, str]:
    """What a browser posts when this option is chosen."""
    one = asked(row_of(company, ours))
    values = {name: value for _, options in one.groups for value, name in options}
    return {one.name: values[label], "act": "save"}


def sync(company: Company) -> None:
    while take_turn(connection_of(company).pk) is Next.ANOTHER:
        pass


def sent_codes(sandbox: Sandbox) -> set[str]:
    made = sandbox.see("documents", organisation=HARBOUR_VIEW, from_the_app=1)["documents"]
    return {line["account_code"] for one in made for line in one["lines"]}


def offer_rent(sandbox: Sandbox) -> None:
    """Xero's chart with one account that is nearly called like ours."""
    income = [("200", "Sales"), ("210", "Rent, residential"), ("260", "Other Revenue")]
    accounts = [{"code": code, "name": name, "class": "REVENUE"} for code, name in income]
    accounts.append({"code": "473", "name": "Repairs", "class": "EXPENSE"})
    sandbox.do("chart", organisation=HARBOUR_VIEW, accounts=accounts)


def test_what_xero_does_not_know_is_offered_and_sent_by_the_name_that_was_chosen(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    offer_rent(sandbox)
    made = rent(cast.harbour_view)
    page = text_of(admin.go(cast.harbour_view))
    assert "What are your accounts called in Xero?" in page
    assert '<li aria-current="step">Matching</li>' in page
    assert "777 is not in Xero; suggested: similar name" in page
    assert "210 Rent, residential</option>" in page
    answer = admin.post(
        "xero-matching", cast.harbour_view, **pick(cast.harbour_view, "210 Rent, residential")
    )
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    match = Match.objects.get()
    assert (match.ours, match.theirs, match.how) == (OWN, "210", Match.How.SUGGESTED)
    assert connection_of(cast.harbour_view).events.get(what="matched").actor == cast.admin
    assert ">Matching<" in text_of(admin.get("xero-sync-from", cast.harbour_view))
    admin.post("xero-sync-from", cast.harbour_view, date="2025-01-01")
    sync(cast.harbour_view)
    assert sent_codes(sandbox) == {"210"}
    made.refresh_from_db()
    assert not made.is_pending
    assert made.line_items.get().account_code == OWN
    assert row_of(cast.harbour_view).theirs == "210"
    assert 'data-testid="matching">' in text_of(admin.get("xero", cast.harbour_view))


def test_where_everything_is_the_same_the_date_comes_at_once(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    approved(cast.harbour_view)
    answer = admin.come_back(admin.consent(cast.harbour_view))
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    assert "Matching" not in text_of(admin.get("xero-sync-from", cast.harbour_view)).partition("<main")[2]


def test_a_company_without_documents_skips_it_and_takes_xeros_chart(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    offer_rent(sandbox)
    answer = admin.come_back(admin.consent(cast.harbour_view))
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    page = text_of(admin.get("xero-matching", cast.harbour_view))
    assert "There is nothing to match" in page
    assert LedgerAccount.objects.filter(company=cast.harbour_view, code="210").exists()


def test_a_chart_that_can_not_be_read_is_said_and_holds_nothing_up(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    for path in ("/Accounts", "/TaxRates", "/TrackingCategories"):
        sandbox.do("faults", path=path, action="answer", status=404, body="gone", times=9)
    rent(cast.harbour_view)
    answer = admin.come_back(admin.consent(cast.harbour_view))
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    page = text_of(admin.get("xero-matching", cast.harbour_view))
    assert "Xero’s chart of accounts could not be read" in page
    assert "Continue without" in page
    date_page = admin.client.get(address("xero-sync-from", cast.harbour_view), {"date": "2025-01-01"})
    assert "Not checked" in text_of(date_page)
    sandbox.do("faults", clear=True)
    again = admin.post("xero-matching", cast.harbour_view, act="look")
    assert again["location"] == address("xero-matching", cast.harbour_view)
    page = text_of(admin.get("xero-matching", cast.harbour_view))
    assert "could not be read" not in page
    assert "777 is not in Xero" in page


def test_it_is_no_gate(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    rent(cast.harbour_view)
    admin.go(cast.harbour_view)
    assert admin.get("xero-sync-from", cast.harbour_view).status_code == 200
    admin.post("xero-sync-from", cast.harbour_view, date="2025-01-01")
    sync(cast.harbour_view)
    problem = Problem.objects.get()
    assert (problem.cause, problem.subject) == (Problem.Cause.ACCOUNT_CODE, OWN)
    results = admin.client.get("/income-and-expenses/sync-results/").content.decode()
    assert f'href="{address("xero-matching", cast.harbour_view)}"' in results
    admin.post("xero-matching", cast.harbour_view, **pick(cast.harbour_view, "200 Sales"))
    sync(cast.harbour_view)
    assert sent_codes(sandbox) == {"200"}
    assert not Problem.objects.filter(closed_at=None).exists()


def test_what_would_be_refused_is_foretold_where_the_date_is_chosen(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    rent(cast.harbour_view)
    rent(cast.harbour_view, date=date(2025, 6, 1))
    admin.go(cast.harbour_view)
    page = text_of(admin.client.get(address("xero-sync-from", cast.harbour_view), {"date": "2025-01-01"}))
    assert "Account 777 is missing or archived in Xero." in page
    assert "2 documents" in page.partition("Before anything is sent")[2]
    admin.post("xero-matching", cast.harbour_view, **pick(cast.harbour_view, "200 Sales"))
    page = text_of(admin.client.get(address("xero-sync-from", cast.harbour_view), {"date": "2025-01-01"}))
    assert "Nothing stands against it" in page


def test_nearly_namesakes_are_linked_or_kept_apart(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    typed = sandbox.see("documents", organisation=HARBOUR_VIEW, q="INV-", limit=1)["documents"][0]
    sandbox.do(
        "edit-contact", organisation=HARBOUR_VIEW, contact=typed["contact_id"], name="Ferris & Cole Ltd"
    )
    contact = ContactFactory.create(company=cast.harbour_view, name="Ferris and Cole Limited", email="")
    approved(cast.harbour_view, contact=contact)
    page = text_of(admin.go(cast.harbour_view))
    assert "Contacts that may be the same" in page
    pair = NearContact.objects.get()
    admin.post("xero-matching", cast.harbour_view, **{f"near-{pair.pk}": "same", "act": "save"})
    assert ContactLink.objects.get(contact=contact).xero_id == pair.xero_id


def test_what_is_no_act_is_refused(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    rent(cast.harbour_view)
    admin.go(cast.harbour_view)
    assert admin.post("xero-matching", cast.harbour_view, act="burn").status_code == 400


def test_a_chart_that_changed_meanwhile_is_shown_again(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    rent(cast.harbour_view)
    admin.go(cast.harbour_view)
    posted = pick(cast.harbour_view, "260 Other Revenue")
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="260")
    admin.post("xero-matching", cast.harbour_view, act="look")
    answer = admin.post("xero-matching", cast.harbour_view, **posted)
    assert answer["location"] == address("xero-matching", cast.harbour_view)
    assert not Match.objects.exists()


def test_nobody_else_is_let_in(
    admin: Person, manager: Person, stranger: Person, cast: Cast, sandbox: Sandbox
) -> None:
    rent(cast.harbour_view)
    admin.go(cast.harbour_view)
    ChartReading.objects.all().delete()
    assert manager.get("xero-matching", cast.harbour_view).status_code == 403
    assert stranger.get("xero-matching", cast.harbour_view).status_code == 404
    assert stranger.post("xero-matching", cast.harbour_view, act="look").status_code == 404
    assert not ChartReading.objects.exists()
    assert state_of(connection_of(cast.harbour_view)).of(Sort.ACCOUNT)


def test_a_company_that_was_never_connected_has_none(admin: Person, cast: Cast) -> None:
    answer = admin.get("xero-matching", cast.castlegate)
    assert answer["location"] == address("xero", cast.castlegate)
