"""Income and Expenses: who sees what, narrowed by what, and what it comes to."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from released.billing.models import Kind, Status
from released.clock import today
from tests.factories import ContactFactory, document
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import words

pytestmark = pytest.mark.django_db
LIST = "/income-and-expenses/"


def numbers(browser: Client, **query: str) -> list[str]:
    """The numbers of the documents shown, from top to bottom."""
    return [found.number for found in browser.get(LIST, query).context["page"].object_list]


@pytest.fixture
def shown(cast: Cast) -> Cast:
    """One document of each sort, and one that nobody of Northgate may see."""
    view, day = cast.harbour_view, today()
    aisha = ContactFactory.create(company=view, name="Aisha Rahman")
    document(view, number="INV-1", contact=aisha, reference="HV4 rent", date=day)
    document(view, Kind.BILL, number="B-1", date=day - datetime.timedelta(days=400), due_date=day)
    document(view, Kind.CREDIT_NOTE, Status.DRAFT, number="CN-1", date=day)
    document(view, status=Status.DELETED, number="GONE", date=day)
    document(cast.castlegate, status=Status.VOIDED, number="VOID-1", date=day)
    document(cast.foreign_company, number="FOREIGN", date=day)
    return cast


def test_a_number_stays_on_one_line_unless_it_is_too_long_for_that(cast: Cast, sign_in: SignIn) -> None:
    for number in ("INV-0035", "A supplier’s own number, as long as theirs may be"):
        document(cast.harbour_view, number=number)
    page = words(sign_in(cast.reader).get(LIST))
    assert page.count('<a class="nowrap" href="/income-and-expenses/') == 1


def test_people_see_the_documents_of_their_companies_and_no_others(shown: Cast, sign_in: SignIn) -> None:
    assert set(numbers(sign_in(shown.reader))) == {"INV-1", "B-1", "CN-1", "VOID-1"}
    assert set(numbers(sign_in(shown.limited))) == {"INV-1", "B-1", "CN-1"}
    assert numbers(sign_in(shown.stranger)) == ["FOREIGN"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type": "invoices"}, {"INV-1", "VOID-1"}),
        ({"type": "expenses"}, {"B-1"}),
        ({"type": "credits"}, {"CN-1"}),
        ({"status": "DRAFT"}, {"CN-1"}),
        ({"status": "DELETED"}, {"GONE"}),
        ({"period": "this-month"}, {"INV-1", "CN-1", "VOID-1"}),
        ({"q": "aisha"}, {"INV-1"}),
        ({"q": "hv4"}, {"INV-1"}),
        ({"q": "inv-1"}, {"INV-1"}),
        ({"q": "1000001"}, {"INV-1", "VOID-1"}),
        ({"q": "nobody"}, set()),
        ({"q": "9" * 40}, set()),
    ],
)
def test_filters_narrow(shown: Cast, sign_in: SignIn, query: dict[str, str], expected: set[str]) -> None:
    assert set(numbers(sign_in(shown.admin), **query)) == expected


def test_an_unknown_choice_is_said_to_be_unknown(shown: Cast, sign_in: SignIn) -> None:
    answer = sign_in(shown.admin).get(LIST, {"company": str(shown.foreign_company.pk), "status": "odd"})
    assert "This choice is not known; it is left out." in words(answer)
    assert "Quayside" not in words(answer)


def test_what_is_shown_is_added_up_without_what_was_voided(shown: Cast, sign_in: SignIn) -> None:
    page = words(sign_in(shown.admin).get(LIST))
    assert "Income, 2 documents" in page
    assert "Expenses, 1 document" in page
    assert "−£576.00" in page


def test_the_page_costs_the_same_number_of_queries_however_long_it_is(
    shown: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(40):
        document(shown.harbour_view, contact=None)
    browser = sign_in(shown.admin)
    with django_assert_max_num_queries(16):
        assert len(numbers(browser)) == 44


def test_pages_keep_the_filters(shown: Cast, sign_in: SignIn) -> None:
    for _ in range(52):
        document(shown.harbour_view)
    page = words(sign_in(shown.admin).get(LIST, {"type": "invoices"}))
    assert "?type=invoices&amp;page=2" in page
    assert len(numbers(sign_in(shown.admin), type="invoices", page="2")) == 4
    assert len(numbers(sign_in(shown.admin), page="nonsense")) == 50


def test_a_read_only_person_is_offered_nothing_to_enter(shown: Cast, sign_in: SignIn) -> None:
    assert "Raise an invoice" not in words(sign_in(shown.reader).get(LIST))
    assert "Raise an invoice" in words(sign_in(shown.manager).get(LIST))
