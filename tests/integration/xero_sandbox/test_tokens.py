"""The token endpoint: exact bodies, rotation, grace, sixty idle days (docs/xero.md A)."""

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.integration.xero_sandbox.driver import SCOPE, App, Sandbox, challenge, claims, new_verifier

MINUTE, DAY = 60, 86_400


@pytest.mark.fact("A6")
def test_a_code_is_exchanged_for_tokens(sandbox: Sandbox) -> None:
    answer = sandbox.exchange(sandbox.allow())
    body = answer.json()
    assert list(body) == ["id_token", "access_token", "expires_in", "token_type", "refresh_token", "scope"]
    assert (body["expires_in"], body["token_type"], body["scope"]) == (1800, "Bearer", SCOPE)
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["Xero-Origin-Id"] == "IdentityServer.Web"


@pytest.mark.fact("A15", "A14")
def test_the_tokens_verify_against_the_published_keys(sandbox: Sandbox) -> None:
    found = sandbox.get("/.well-known/openid-configuration").json()
    keys = KeySet.import_key_set(sandbox.get("/.well-known/openid-configuration/jwks").json())
    tokens = sandbox.exchange(sandbox.allow()).json()
    decoded = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
    assert found["issuer"] == sandbox.base == decoded.claims["iss"]
    assert decoded.claims["aud"] == "sandbox-client"
    assert decoded.claims["nonce"] == "n0nce"
    assert len(decoded.header["kid"]) == 40


@pytest.mark.fact("A13", "A14")
def test_the_access_token_carries_xeros_claims(app: App) -> None:
    found = claims(app.tokens["access_token"])
    assert found["exp"] == found["nbf"] + 1800
    assert found["scope"] == SCOPE.split()
    assert {"client_id", "sub", "xero_userid", "authentication_event_id", "global_session_id", "jti"} <= set(
        found
    )
    assert "authentication_event_id" not in claims(app.tokens["id_token"])


@pytest.mark.fact("A4", "A7")
def test_a_code_works_once(sandbox: Sandbox) -> None:
    code = sandbox.allow()
    assert sandbox.exchange(code).status == 200
    again = sandbox.exchange(code)
    assert (again.status, again.data) == (400, b'{"error":"invalid_grant"}')


@pytest.mark.fact("A4")
def test_a_code_lives_five_minutes(sandbox: Sandbox) -> None:
    code = sandbox.allow()
    sandbox.control("clock", shift_seconds=5 * MINUTE)
    assert sandbox.exchange(code).data == b'{"error":"invalid_grant"}'


@pytest.mark.fact("A1")
def test_the_verifier_must_match_the_challenge(sandbox: Sandbox) -> None:
    verifier = new_verifier()
    asked = {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
    assert sandbox.exchange(sandbox.allow(**asked), code_verifier=new_verifier()).status == 400
    assert sandbox.exchange(sandbox.allow(**asked), code_verifier=verifier).status == 200


@pytest.mark.fact("A7", "A8", "A9")
@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "refresh_token", "refresh_token": "unknown"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "client_secret": "wrong"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": "accounting.invoices"}, "invalid_scope"),
        ({}, "invalid_request"),
    ],
)
def test_refusals_are_exactly_one_line(sandbox: Sandbox, form: dict[str, str], error: str) -> None:
    answer = sandbox.token(**form)
    assert (answer.status, answer.data.decode()) == (400, f'{{"error":"{error}"}}')


@pytest.mark.fact("A10", "A11")
def test_every_refresh_returns_a_new_token_and_the_old_one_keeps_thirty_minutes(app: App) -> None:
    sandbox, first = app.sandbox, app.tokens["refresh_token"]
    second = sandbox.refresh(first).json()["refresh_token"]
    assert second != first
    sandbox.control("clock", shift_seconds=29 * MINUTE)
    assert sandbox.refresh(first).status == 200
    sandbox.control("clock", shift_seconds=MINUTE)
    assert sandbox.refresh(first).data == b'{"error":"invalid_grant"}'
    assert sandbox.refresh(second).status == 200
    assert sandbox.state()["refreshes"] == 3


@pytest.mark.fact("A11")
@pytest.mark.parametrize("repeats", [True, False])
def test_a_repeat_within_the_grace_gives_the_same_token_or_another(app: App, repeats: bool) -> None:
    app.sandbox.switch(grace_repeats_successor=repeats)
    answers = [app.sandbox.refresh(app.tokens["refresh_token"]).json()["refresh_token"] for _ in range(2)]
    assert (answers[0] == answers[1]) is repeats


@pytest.mark.fact("A10")
def test_a_refresh_token_dies_after_sixty_idle_days(app: App) -> None:
    app.sandbox.control("clock", shift_seconds=59 * DAY)
    fresh = app.sandbox.refresh(app.tokens["refresh_token"]).json()["refresh_token"]
    app.sandbox.control("clock", shift_seconds=60 * DAY)
    assert app.sandbox.refresh(fresh).data == b'{"error":"invalid_grant"}'


@pytest.mark.fact("A10")
def test_without_offline_access_there_is_no_refresh_token(sandbox: Sandbox) -> None:
    assert "refresh_token" not in sandbox.connect(scope="openid accounting.invoices").tokens


@pytest.mark.fact("A17")
def test_scopes_add_up_over_consents(sandbox: Sandbox) -> None:
    sandbox.connect(scope="openid offline_access accounting.invoices")
    later = sandbox.connect(scope="openid offline_access accounting.contacts")
    assert set(later.tokens["scope"].split()) >= {"accounting.invoices", "accounting.contacts"}


@pytest.mark.fact("A19")
@pytest.mark.parametrize(("ends", "status"), [(False, 200), (True, 400)])
def test_a_second_consent_may_end_the_first_grant(sandbox: Sandbox, ends: bool, status: int) -> None:
    sandbox.switch(consent_ends_earlier_grants=ends)
    first = sandbox.connect()
    sandbox.connect(organisation="Mill Lane Properties Ltd")
    assert sandbox.refresh(first.tokens["refresh_token"]).status == status
