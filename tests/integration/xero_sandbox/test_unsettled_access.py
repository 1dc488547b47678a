"""Switches about tokens and connections: each way of the fact can be had (docs/xero.md A, B)."""

import time

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, PRIYA, App, Sandbox, claims

DEMO = "Demo Company (UK)"


@pytest.mark.fact("A8")
@pytest.mark.parametrize("status", [400, 401])
def test_invalid_client_status(sandbox: Sandbox, status: int) -> None:
    sandbox.switch(invalid_client_status=status)
    answer = sandbox.token(grant_type="refresh_token", client_secret="wrong")
    assert (answer.status, answer.data) == (status, b'{"error":"invalid_client"}')
    assert sandbox.token(grant_type="refresh_token", refresh_token="x").status == 400


@pytest.mark.fact("A9", "A16")
@pytest.mark.parametrize("error", ["unauthorized_client", "invalid_scope"])
def test_app_token(sandbox: Sandbox, error: str) -> None:
    sandbox.switch(app_token=error)
    answer = sandbox.token(grant_type="client_credentials", scope="app.connections")
    assert (answer.status, answer.json()) == (400, {"error": error})


@pytest.mark.fact("A14")
@pytest.mark.parametrize("has", [False, True])
def test_id_token_has_event(sandbox: Sandbox, has: bool) -> None:
    sandbox.switch(id_token_has_event=has)
    assert ("authentication_event_id" in claims(sandbox.connect().tokens["id_token"])) is has


@pytest.mark.fact("A14")
@pytest.mark.parametrize("has", [True, False])
def test_id_token_has_nonce(sandbox: Sandbox, has: bool) -> None:
    sandbox.switch(id_token_has_nonce=has)
    token = sandbox.connect(nonce="mine").tokens["id_token"]
    assert claims(token).get("nonce") == ("mine" if has else None)


@pytest.mark.fact("A15")
@pytest.mark.parametrize("ahead", [0, 30])
def test_issuer_ahead_seconds(sandbox: Sandbox, ahead: int) -> None:
    sandbox.switch(issuer_ahead_seconds=ahead)
    assert abs(claims(sandbox.connect().tokens["id_token"])["iat"] - time.time() - ahead) < 10


@pytest.mark.fact("A11")
@pytest.mark.parametrize(("ends", "status"), [(False, 200), (True, 400)])
def test_grace_repeat_ends_first(app: App, ends: bool, status: int) -> None:
    app.sandbox.switch(grace_repeat_ends_first=ends)
    first, second = (app.sandbox.refresh(app.tokens["refresh_token"]).json() for _ in range(2))
    assert app.sandbox.refresh(first["refresh_token"]).status == status
    assert app.sandbox.refresh(second["refresh_token"]).status == 200


@pytest.mark.fact("B11")
@pytest.mark.parametrize(("ends", "status"), [(False, 200), (True, 401)])
def test_disconnect_ends_access_tokens(app: App, ends: bool, status: int) -> None:
    app.sandbox.switch(disconnect_ends_access_tokens=ends)
    other = app.sandbox.connect(organisation="Mill Lane Properties Ltd")
    app.sandbox.control("disconnect-app", organisation=HARBOUR)
    assert other.call("GET", "Organisation").status == status
    other.tokens = app.sandbox.refresh(other.tokens["refresh_token"]).json()
    assert other.call("GET", "Organisation").status == 200


@pytest.mark.fact("B5")
@pytest.mark.parametrize(("takes", "status"), [(False, 200), (True, 403)])
def test_disconnect_takes_every_user(app: App, takes: bool, status: int) -> None:
    app.sandbox.switch(disconnect_takes_every_user=takes)
    priya = app.sandbox.connect(PRIYA)
    app.sandbox.control("disconnect-app", connection_id=app.connection_id)
    assert priya.call("GET", "Organisation").status == status


@pytest.mark.fact("B4")
@pytest.mark.parametrize(("counts", "status"), [(False, 302), (True, 403)])
def test_demo_counts_as_connection(app: App, counts: bool, status: int) -> None:
    app.sandbox.switch(demo_counts_as_connection=counts)
    app.sandbox.control("limits", connections=1)
    answer = app.sandbox.decide(
        app.sandbox.authorize_address(), user=PRIYA, organisation=DEMO, decision="allow"
    )
    assert answer.status == status


@pytest.mark.fact("B10")
def test_a_product_that_is_not_there_is_a_403_without_a_word(app: App) -> None:
    address = f"{app.sandbox.base}/payroll.xro/2.0/Employees"
    headers = {"Authorization": f"Bearer {app.tokens['access_token']}"}
    answer = app.sandbox.http.request("GET", address, headers=headers)
    assert (answer.status, answer.data) == (403, b"")
