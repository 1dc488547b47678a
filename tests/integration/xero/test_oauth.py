"""Consent against a real token endpoint: who consented is proven, a code works once, an app may list."""

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from integrations.xero import connections, oauth
from integrations.xero.errors import IdentityUnproven, Misconfigured, Refused, Unavailable
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db


def test_a_consent_gives_tokens_and_proves_who_gave_it(sandbox: Sandbox) -> None:
    tokens, identity = sandbox.sign_in(PRIYA)
    assert identity.email == PRIYA
    assert identity.name == "Priya Shah"
    assert "offline_access" in tokens.scopes


def test_a_consent_names_its_organisation_by_the_event_of_its_token(sandbox: Sandbox) -> None:
    sandbox.sign_in(organisation="Castlegate Estates Ltd")
    tokens, _ = sandbox.sign_in(organisation=HARBOUR_VIEW)
    event = oauth.authentication_event_id(tokens.access_token)
    assert [row.name for row in connections.list_for(tokens.access_token, event)] == [HARBOUR_VIEW]
    assert len(connections.list_for(tokens.access_token)) == 2


@pytest.mark.fact("A1", "A2", "A17")
def test_the_consent_page_is_asked_for_exactly_what_we_need(sandbox: Sandbox) -> None:
    address = oauth.authorize_url(
        state="the state", nonce="n", code_challenge="c", redirect_uri=oauth.redirect_uri()
    )
    asked = parse_qs(urlsplit(address).query)
    assert urlsplit(address).path == "/identity/connect/authorize"
    assert asked["redirect_uri"] == ["http://localhost/xero/callback/"]
    assert asked["state"] == ["the state"]
    assert asked["code_challenge_method"] == ["S256"]


def test_a_code_works_once(sandbox: Sandbox) -> None:
    code, verifier = sandbox.code()
    oauth.exchange_code(code, verifier, oauth.redirect_uri())
    with pytest.raises(Refused):
        oauth.exchange_code(code, verifier, oauth.redirect_uri())


def test_a_code_of_another_browser_is_refused(sandbox: Sandbox) -> None:
    code, _ = sandbox.code()
    with pytest.raises(Refused):
        oauth.exchange_code(code, "x" * 64, oauth.redirect_uri())


def test_an_id_token_of_another_consent_proves_nothing(sandbox: Sandbox) -> None:
    tokens, _ = sandbox.sign_in(nonce="mine")
    with pytest.raises(IdentityUnproven):
        oauth.verify_id_token(tokens.id_token, "another")
    with pytest.raises(IdentityUnproven):
        oauth.verify_id_token(tokens.id_token, "")


@pytest.mark.parametrize("broken", ["", "a.b.c", "not a token"])
def test_an_unreadable_id_token_proves_nothing(sandbox: Sandbox, broken: str) -> None:
    with pytest.raises(IdentityUnproven):
        oauth.verify_id_token(broken, "n")


def test_an_id_token_for_another_app_proves_nothing(sandbox: Sandbox, settings: Settings) -> None:
    tokens, _ = sandbox.sign_in()
    settings.XERO_CLIENT_ID = "another-app"
    with pytest.raises(IdentityUnproven):
        oauth.verify_id_token(tokens.id_token, "n-1")


def test_a_wrong_secret_is_our_fault(sandbox: Sandbox, settings: Settings) -> None:
    code, verifier = sandbox.code()
    settings.XERO_CLIENT_SECRET = "wrong"
    with pytest.raises(Misconfigured):
        oauth.exchange_code(code, verifier, oauth.redirect_uri())


def test_the_app_lists_every_connection(sandbox: Sandbox) -> None:
    sandbox.sign_in()
    sandbox.sign_in(PRIYA, "Castlegate Estates Ltd")
    token = oauth.app_token()
    assert token is not None
    found = connections.list_all(token)
    assert {row.name for row in found} == {HARBOUR_VIEW, "Castlegate Estates Ltd"}
    assert found.is_complete
    assert found.size > 0


@pytest.mark.fact("A16")
def test_an_app_that_may_not_list_is_told_apart_from_a_broken_one(sandbox: Sandbox) -> None:
    sandbox.do("faults", action="answer", path="/connect/token", status=400, body='{"error":"invalid_scope"}')
    assert oauth.app_token() is None
    oauth.forget_app_token()
    sandbox.do("faults", action="answer", path="/connect/token", status=503, body="Service Unavailable")
    with pytest.raises(Unavailable):
        oauth.app_token()


def test_a_connection_is_ended_once_and_ending_it_again_is_fine(sandbox: Sandbox) -> None:
    tokens, _ = sandbox.sign_in()
    row = connections.list_for(tokens.access_token)[0]
    connections.delete(row.id, tokens.access_token)
    assert connections.list_for(tokens.access_token) == []
    connections.delete(row.id, tokens.access_token)
