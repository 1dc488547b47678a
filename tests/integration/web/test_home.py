"""Home shows each company's connection at a glance, to those who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.factories.integrations import connection
from tests.factories.portfolio import CompanyFactory

Browse = Callable[[User], Client]


@pytest.fixture
def lost(cast: Cast) -> Connection:
    document(cast.harbour_view)
    return connection(cast.harbour_view, Connection.State.REVOKED)


def text(client: Client) -> str:
    return client.get("/").content.decode()


def test_an_admin_sees_what_needs_reconnecting_first(cast: Cast, lost: Connection, browse: Browse) -> None:
    page = text(browse(cast.admin))
    assert page.index("Harbour View Ltd</a>") < page.index("Castlegate Estates Ltd</a>")
    assert "Harbour View Ltd needs reconnecting." in page
    assert "Access lost" in page
    assert "£1,250.00 income" in page


def test_one_button_is_the_main_one(cast: Cast, lost: Connection, browse: Browse) -> None:
    connection(cast.castlegate, Connection.State.REVOKED)
    table = text(browse(cast.admin)).partition("<table")[2].partition("</table>")[0]
    assert table.count("btn slim main") == 1


def test_a_property_manager_sees_what_waits_and_nothing_of_the_connection(
    cast: Cast, lost: Connection, browse: Browse
) -> None:
    page = text(browse(cast.manager))
    assert "1 document" in page
    assert "Access lost" not in page
    assert "/settings/" not in page


def test_a_limited_person_sees_their_company_alone(cast: Cast, browse: Browse) -> None:
    page = text(browse(cast.limited))
    assert "Harbour View Ltd" in page
    assert "Castlegate" not in page


def test_nothing_of_another_account_is_shown(cast: Cast, lost: Connection, browse: Browse) -> None:
    page = text(browse(cast.stranger))
    assert "Harbour View" not in page
    assert "Quayside Lettings Ltd" in page


def test_the_number_of_queries_does_not_follow_the_number_of_companies(
    cast: Cast, lost: Connection, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        company = CompanyFactory.create(account=cast.account, name=f"Company {number}")
        connection(company)
        document(company)
    client = browse(cast.admin)
    with django_assert_max_num_queries(22):
        client.get("/")


def test_without_any_connection_it_does_not_say_that_all_is_well(cast: Cast, browse: Browse) -> None:
    page = text(browse(cast.admin))
    assert "No company is connected to Xero yet." in page
    assert "looks after itself" not in page


def test_a_disconnected_company_is_reconnected_to_its_own_organisation(cast: Cast, browse: Browse) -> None:
    made = connection(cast.harbour_view, Connection.State.DISCONNECTED)
    page = text(browse(cast.admin))
    assert (
        f'href="/settings/add-ons/xero/{made.company_id}/reconnect/">Reconnect Harbour View Ltd</a>' in page
    )
    assert ">Connect Castlegate Estates Ltd</a>" in page
