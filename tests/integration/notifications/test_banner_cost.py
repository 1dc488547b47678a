"""One query for those who may see it, none for anyone else, whatever the number of companies."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from integrations.models import Connection, Episode
from notifications.context_processors import FOLDED_KEY, banner
from released.accounts.backends import memberships_of
from released.accounts.models import Membership, User
from released.clock import now
from released.portfolio.limiting import limit_membership
from released.portfolio.models import Company
from tests.factories import EpisodeFactory
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
SHOW = Template("{% if banner %}{{ banner.heading }} {{ banner.says }}{% endif %}")


def request_of(user: User, **session: str) -> HttpRequest:
    """As the middleware leaves it: membership and role are read."""
    request = RequestFactory().get("/")
    fresh = User.objects.get(pk=user.pk)
    request.user = fresh
    request.membership = next(iter(memberships_of(fresh)), None)  # type: ignore[attr-defined]
    request.session = session  # type: ignore[assignment]
    request.htmx = False  # type: ignore[attr-defined]
    return request


def page(request: HttpRequest) -> str:
    return SHOW.render(Context(banner(request)))


@pytest.fixture
def thousand(cast: Cast) -> None:
    """A thousand companies, all connected; every tenth has lost its access."""
    companies = Company.objects.bulk_create(
        Company(account=cast.account, name=f"Company {number} Ltd") for number in range(1000)
    )
    connections = Connection.objects.bulk_create(
        Connection(company=company, connected_by=cast.admin) for company in companies
    )
    EpisodeFactory.create_batch(
        3, connection=connections[0], closed_at=now(), opened_at=now() - timedelta(days=9)
    )
    Episode.objects.bulk_create(
        Episode(connection=lost, kind="lost", cause="grant_broken", opened_at=now(), waiting=1)
        for lost in connections[::10]
    )


@pytest.mark.usefixtures("thousand")
def test_one_query_for_an_admin(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = request_of(cast.admin)
    with django_assert_num_queries(1):
        said = page(request)
    assert said.startswith("100 companies lost their access to Xero")
    assert "100 documents wait here." in said


@pytest.mark.usefixtures("thousand")
def test_one_query_for_a_limited_admin_who_sees_their_own(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    company = Company.objects.get(name="Company 0 Ltd")
    membership = Membership.objects.get(user=cast.limited)
    membership.role = Membership.objects.get(user=cast.admin).role
    membership.save()
    limit_membership(membership, [company], by=None)
    request = request_of(cast.limited)
    with django_assert_num_queries(1):
        said = page(request)
    assert said.startswith("Company 0 Ltd lost its access to Xero")
    assert "the fourth time in 30 days" in said


@pytest.mark.usefixtures("thousand")
@pytest.mark.parametrize("who", ["manager", "reader", "limited", "operator"])
def test_no_query_and_no_banner_for_everybody_else(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, who: str
) -> None:
    request = request_of(getattr(cast, who))
    with django_assert_num_queries(0):
        assert page(request) == ""


@pytest.mark.usefixtures("thousand")
def test_nothing_of_another_account(cast: Cast) -> None:
    assert page(request_of(cast.stranger)) == ""


@pytest.mark.usefixtures("thousand")
def test_a_page_that_does_not_show_it_pays_nothing(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(cast.admin)
    with django_assert_num_queries(0):
        Template("a page without one").render(Context(banner(request)))


def test_a_fragment_has_none(cast: Cast, lose: Callable[..., Episode]) -> None:
    lose()
    request = request_of(cast.admin)
    request.htmx = True  # type: ignore[attr-defined]
    assert page(request) == ""


def test_an_outage_shows_none(cast: Cast, lose: Callable[..., Episode]) -> None:
    lose(kind=Episode.Kind.UNAVAILABLE)
    assert page(request_of(cast.admin)) == ""


def test_folded_is_one_line_until_something_new_is_lost(cast: Cast, lose: Callable[..., Episode]) -> None:
    first = lose()
    folded = {FOLDED_KEY: str(first.pk)}
    assert banner(request_of(cast.admin, **folded))["banner"].is_folded
    lose(cast.castlegate)
    assert not banner(request_of(cast.admin, **folded))["banner"].is_slim
