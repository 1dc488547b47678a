"""Signing in by email, choosing the account, and what the frame shows."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from released.accounts.models import Role, User
from tests.factories.accounts import PASSWORD, MembershipFactory
from tests.factories.cast import Cast

Browse = Callable[[User], Client]


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    return client.post("/login/", {"username": email, "password": password}, follow=True).content.decode()


def test_a_person_signs_in_by_email_in_any_case(cast: Cast, client: Client) -> None:
    assert "Daniel Okafor" in sign_in(client, "Admin@Northgate.example")


@pytest.mark.parametrize("email", ["admin@northgate.example", "nobody@northgate.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    cast: Cast, client: Client, email: str
) -> None:
    assert "do not belong together" in sign_in(client, email, "wrong")


def test_too_many_failures_pause_sign_in_in_plain_words(cast: Cast, client: Client) -> None:
    page = ""
    for _ in range(11):
        page = sign_in(client, "reader@northgate.example", "wrong")
    assert "Sign-in is paused" in page


def test_demo_sign_ins_are_listed_under_debug_alone(cast: Cast, client: Client, settings: Settings) -> None:
    assert "admin@northgate.example" not in client.get("/login/").content.decode()
    settings.DEBUG = True
    assert "admin@northgate.example" in client.get("/login/").content.decode()


def test_signing_out_needs_a_post(cast: Cast, browse: Browse) -> None:
    client = browse(cast.admin)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert client.get("/").status_code == 302


def test_a_person_of_two_accounts_chooses_where_to_work(cast: Cast, browse: Browse) -> None:
    other = cast.foreign_company.account
    MembershipFactory.create(account=other, user=cast.admin, role=Role.objects.filter(account=other).first())
    client = browse(cast.admin)
    assert "Harbour View Ltd" in client.get("/").content.decode()
    page = client.post("/account/", {"account": other.pk}, follow=True).content.decode()
    assert "Quayside Lettings Ltd" in page
    assert "Harbour View Ltd" not in page


def test_an_account_one_does_not_belong_to_does_not_exist(cast: Cast, browse: Browse) -> None:
    client = browse(cast.admin)
    assert client.post("/account/", {"account": cast.foreign_company.account_id}).status_code == 404
    assert client.post("/account/", {"account": "nonsense"}).status_code == 404


def test_settings_and_reconciliation_are_in_the_menu_of_those_who_may(cast: Cast, browse: Browse) -> None:
    admin, reader = (
        browse(cast.admin).get("/").content.decode(),
        browse(cast.reader).get("/").content.decode(),
    )
    assert "/settings/add-ons/" in admin
    assert "/reconciliation/" in admin
    assert "/settings/add-ons/" not in reader
    assert "/reconciliation/" not in reader


def test_no_page_carries_inline_script_or_style(cast: Cast, browse: Browse) -> None:
    page = browse(cast.admin).get("/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("address", ["/nothing/here/", "/settings/add-ons/xero/999999/"])
def test_a_missing_page_says_so_in_words(cast: Cast, browse: Browse, address: str) -> None:
    answer = browse(cast.admin).get(address)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_stale_form_says_that_nothing_was_changed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_an_operator_is_led_to_the_administration(cast: Cast, client: Client) -> None:
    page = sign_in(client, "operator@released.example")
    assert "You belong to no account at present" in page
    assert 'href="/admin/"' in page
