"""Income and Expenses by each of its columns: as shown, without ties, with filters and over pages."""

import datetime
import re

import pytest
from django.test import Client

from released.billing.models import Kind, Status
from released.billing.sorting import COLUMNS, headings, order_of
from tests.factories import ContactFactory, document, line
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import words

pytestmark = pytest.mark.django_db
LIST = "/income-and-expenses/"
DAY = datetime.date(2026, 9, 14)


def numbers(browser: Client, **query: str) -> list[str]:
    return [found.number for found in browser.get(LIST, query).context["page"].object_list]


@pytest.fixture
def shown(cast: Cast) -> Cast:
    view = cast.harbour_view
    adam, zoe = (ContactFactory.create(company=view, name=name) for name in ("adam", "Zoe"))
    day = datetime.timedelta(days=1)
    document(view, number="A", contact=zoe, date=DAY, due_date=DAY + 9 * day, lines=(line("30"),))
    document(
        view, number="B", contact=adam, date=DAY + day, due_date=DAY + 2 * day, lines=(line("10"),), paid="4"
    )
    document(view, Kind.BILL, number="C", contact=adam, date=DAY - day, due_date=DAY, lines=(line("90"),))
    document(view, Kind.CREDIT_NOTE, number="D", contact=zoe, date=DAY, lines=(line("20"),))
    return cast


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", "BDAC"),
        ("number", "ABCD"),
        ("-number", "DCBA"),
        ("contact", "BCDA"),
        ("-contact", "DABC"),
        ("date", "CDAB"),
        ("due", "CBAD"),
        ("-due", "ABCD"),
        ("total", "CDBA"),
        ("-total", "ABDC"),
        ("left", "CDBA"),
        ("-left", "ABDC"),
        ("nonsense", "BDAC"),
        ("--date", "BDAC"),
        ("password", "BDAC"),
    ],
)
def test_every_column_both_ways(shown: Cast, sign_in: SignIn, order: str, expected: str) -> None:
    assert "".join(numbers(sign_in(shown.admin), sort=order)) == expected


def test_the_head_says_what_it_is_sorted_by_and_asks_for_the_other_way(shown: Cast, sign_in: SignIn) -> None:
    browser = sign_in(shown.admin)
    page = words(browser.get(LIST, {"sort": "-total", "type": "invoices", "page": "1"}))
    assert page.count("aria-sort=") == 1
    head = re.search(r'<th[^>]*aria-sort="descending"[^>]*>(.*?)</th>', page)
    assert head
    assert "Amount" in head[1]
    assert "?sort=total&amp;type=invoices" in head[1]
    assert "by amount, largest first" in page
    assert '<input type="hidden" name="sort" value="-total">' in page


def test_the_order_that_goes_without_saying_is_in_no_address(shown: Cast, sign_in: SignIn) -> None:
    page = words(sign_in(shown.admin).get(LIST, {"sort": "date", "type": "invoices"}))
    assert 'href="/income-and-expenses/?type=invoices" data-testid="sort-date"' in page
    assert headings("date")["date"].asks is None
    assert headings("due")["date"].asks is None


def test_a_filter_keeps_the_order_and_the_other_way_round(shown: Cast, sign_in: SignIn) -> None:
    assert numbers(sign_in(shown.admin), sort="total", type="invoices") == ["B", "A"]


def test_pages_never_overlap_where_all_are_equal(cast: Cast, sign_in: SignIn) -> None:
    for _ in range(60):
        document(cast.harbour_view, date=DAY, status=Status.DRAFT)
    browser = sign_in(cast.admin)
    for name in COLUMNS:
        seen = [*numbers(browser, sort=name), *numbers(browser, sort=name, page="2")]
        assert len(seen) == len(set(seen)) == 60
    page = words(browser.get(LIST, {"sort": "total"}))
    assert "?sort=total&amp;page=2" in page
    assert "Next</a>" in page
    assert "Older" not in page


@pytest.mark.parametrize("asked", [None, "", "-", "id", "company__account__name", "-date "])
def test_what_is_no_order_is_the_newest_first(asked: str | None) -> None:
    assert order_of(asked) == "-date"
