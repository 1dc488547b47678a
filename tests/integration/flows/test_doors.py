"""Who may open what: foreign is unknown, not permitted is explained, a mail's link is never a dead end."""

import pytest

from integrations.models import Connection
from tests.factories.accounts import MembershipFactory
from tests.factories.cast import Cast
from tests.factories.integrations import connection as make_connection
from tests.flows import Person, address, signed_in, text_of
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
PAGES = ["xero-connect", "xero-reconnect", "xero-leave", "xero-choose", "xero-outcome", "xero-disconnect"]


@pytest.mark.parametrize("name", PAGES)
def test_a_foreign_company_does_not_exist(stranger: Person, cast: Cast, name: str) -> None:
    assert stranger.get(name, cast.harbour_view).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_without_the_permission_it_is_explained_with_who_can_help(
    manager: Person, cast: Cast, name: str
) -> None:
    page = manager.get(name, cast.harbour_view)
    assert page.status_code == 403
    assert "Daniel Okafor" in text_of(page)
    assert "Nadia Rossi" in text_of(page)
    assert "Rosa Lind" not in text_of(page)


@pytest.mark.parametrize("name", ["xero-connect", "xero-reconnect", "xero-choose", "xero-disconnect"])
def test_without_the_permission_nothing_can_be_pressed(manager: Person, cast: Cast, name: str) -> None:
    made = make_connection(cast.harbour_view)
    assert manager.post(name, cast.harbour_view).status_code == 403
    made.refresh_from_db()
    assert made.state == Connection.State.CONNECTED


def test_the_list_is_for_those_who_may_manage(manager: Person, admin: Person, cast: Cast) -> None:
    assert manager.get("add-ons").status_code == 403
    page = text_of(admin.get("add-ons"))
    assert "Harbour View Ltd" in page
    assert "Castlegate Estates Ltd" in page
    assert "Quayside Lettings Ltd" not in page


def test_the_list_shows_each_state_in_words(admin: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view, Connection.State.REVOKED)
    page = text_of(admin.get("add-ons"))
    assert "Access lost" in page
    assert "Not connected" in page
    assert "Reconnect Harbour View Ltd" in page


def test_a_link_finds_its_way_into_the_person_s_other_account(cast: Cast, sandbox: Sandbox) -> None:
    MembershipFactory.create(user=cast.stranger, account=cast.account)
    make_connection(cast.harbour_view, Connection.State.REVOKED)
    person = signed_in(cast.stranger, sandbox)
    page = text_of(person.get("xero-reconnect", cast.harbour_view))
    assert "Reconnect Harbour View Ltd" in page
    assert "Northgate Property Management" in page


def test_somebody_signed_out_signs_in_first(cast: Cast, sandbox: Sandbox) -> None:
    person = signed_in(cast.admin, sandbox)
    person.client.logout()
    answer = person.get("xero-reconnect", cast.harbour_view)
    assert answer["location"].endswith(f"?next={address('xero-reconnect', cast.harbour_view)}")


@pytest.mark.parametrize("name", ["xero-leave", "xero-outcome"])
def test_pages_that_only_show_can_not_be_posted_to(admin: Person, cast: Cast, name: str) -> None:
    assert admin.post(name, cast.harbour_view).status_code == 405


def test_pages_out_of_turn_lead_to_the_right_one(admin: Person, cast: Cast) -> None:
    assert admin.get("xero-reconnect", cast.harbour_view)["location"] == address(
        "xero-connect", cast.harbour_view
    )
    make_connection(cast.harbour_view, Connection.State.REVOKED)
    for name in ("xero-connect", "xero-choose", "xero-outcome"):
        assert admin.get(name, cast.harbour_view)["location"] == address("xero-reconnect", cast.harbour_view)
