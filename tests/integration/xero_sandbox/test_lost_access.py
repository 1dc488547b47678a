"""What each way of losing access looks like from outside (docs/xero.md B)."""

import re
from collections.abc import Callable

import pytest

from tests.integration.xero_sandbox.driver import DANIEL, HARBOUR, Answer, App, Sandbox

GUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
LOSSES: dict[str, Callable[[Sandbox], object]] = {
    "disconnected": lambda it: it.control("disconnect-app", organisation=HARBOUR),
    "removed": lambda it: it.control("remove-user", user=DANIEL, organisation=HARBOUR),
    "lowered": lambda it: it.control("set-role", user=DANIEL, organisation=HARBOUR, role="READONLY"),
    "ended": lambda it: it.control("end-access", organisation=HARBOUR, reason="trial ended"),
}


def assert_problem(answer: Answer, status: int, title: str, detail: str) -> None:
    body = answer.json()
    assert answer.status == status
    assert list(body) == ["Type", "Title", "Status", "Detail", "Instance", "Extensions"]
    assert (body["Type"], body["Title"], body["Status"], body["Extensions"]) == (None, title, status, {})
    assert re.match(detail, body["Detail"])
    assert GUID.match(body["Instance"])
    assert answer.headers["Xero-Correlation-Id"] == body["Instance"]


@pytest.mark.fact("B9", "B11")
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_the_same_403(app: App, loss: str) -> None:
    LOSSES[loss](app.sandbox)
    assert_problem(app.call("GET", "Organisation"), 403, "Forbidden", "AuthenticationUnsuccessful$")
    assert app.sandbox.refresh(app.tokens["refresh_token"]).status == 200


@pytest.mark.fact("B9")
@pytest.mark.parametrize(
    ("loss", "switch"),
    [
        ("removed", "removed_user_still_listed"),
        ("lowered", "lowered_role_still_listed"),
        ("ended", "ended_trial_still_listed"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_whether_connections_still_lists_it_is_unsettled(
    app: App, loss: str, switch: str, listed: bool
) -> None:
    app.sandbox.switch(**{switch: listed})
    LOSSES[loss](app.sandbox)
    assert len(app.sandbox.connections(app.tokens["access_token"])) == int(listed)


@pytest.mark.fact("B11")
def test_a_disconnected_organisation_leaves_the_list(app: App) -> None:
    LOSSES["disconnected"](app.sandbox)
    assert app.sandbox.connections(app.tokens["access_token"]) == []


@pytest.mark.fact("B9")
def test_a_missing_or_foreign_organisation_header_is_the_same_403(app: App) -> None:
    for wrong in ("", "11111111-1111-4111-8111-111111111111"):
        answer = app.call("GET", "Organisation", xero_tenant_id=wrong)
        assert_problem(answer, 403, "Forbidden", "AuthenticationUnsuccessful$")


@pytest.mark.fact("B6")
def test_an_expired_token_says_when(app: App) -> None:
    app.sandbox.control("clock", shift_seconds=1800)
    stamp = r"TokenExpired: token expired at \d\d/\d\d/\d{4} \d\d:\d\d:\d\d$"
    assert_problem(app.call("GET", "Organisation"), 401, "Unauthorized", stamp)


@pytest.mark.fact("B7")
def test_an_unknown_token_is_unsuccessful(app: App) -> None:
    app.tokens["access_token"] = "nonsense"
    answer = app.call("GET", "Organisation")
    assert_problem(answer, 401, "Unauthorized", "AuthenticationUnsuccessful$")
    assert answer.headers["WWW-Authenticate"] == "Bearer error=invalid_token"


@pytest.mark.fact("B8")
@pytest.mark.parametrize(
    ("spelling", "header"),
    [
        ("bearer", "Bearer error=insufficient_scope"),
        ("bare", "insufficient_scope"),
        ("misspelt", "Bearer error=insufficent_scope"),
    ],
)
def test_a_missing_scope_names_itself_in_a_header(sandbox: Sandbox, spelling: str, header: str) -> None:
    sandbox.switch(scope_failure_header=spelling)
    app = sandbox.connect(scope="openid accounting.settings.read")
    answer = app.call("GET", "Invoices")
    assert_problem(answer, 401, "Unauthorized", "AuthorizationUnsuccessful$")
    assert answer.headers["WWW-Authenticate"] == header


@pytest.mark.fact("B8")
def test_a_read_scope_does_not_write(sandbox: Sandbox) -> None:
    app = sandbox.connect(scope="openid accounting.invoices.read")
    assert app.call("GET", "Invoices").status == 200
    assert app.call("PUT", "Invoices", {"Invoices": [{}]}).status == 401


@pytest.mark.fact("B11")
def test_the_last_disconnection_may_end_the_grant(app: App) -> None:
    app.sandbox.switch(last_disconnect_ends_grant=True)
    LOSSES["disconnected"](app.sandbox)
    assert app.sandbox.refresh(app.tokens["refresh_token"]).data == b'{"error":"invalid_grant"}'


@pytest.mark.fact("B11")
def test_a_disconnection_may_take_its_time(app: App) -> None:
    app.sandbox.switch(disconnect_delay_seconds=20)
    LOSSES["disconnected"](app.sandbox)
    assert app.call("GET", "Organisation").status == 200
    app.sandbox.control("clock", shift_seconds=20)
    assert app.call("GET", "Organisation").status == 403


@pytest.mark.fact("B12")
def test_an_offline_organisation_says_so(app: App) -> None:
    app.sandbox.control("organisation-offline", organisation=HARBOUR)
    answer = app.call("GET", "Organisation")
    assert (answer.status, answer.data) == (503, b"The Organisation is offline")


@pytest.mark.fact("B13")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("maintenance", b"The Xero API is currently offline for maintenance"),
        ("unavailable", b"The Xero API is temporarily unavailable"),
    ],
)
def test_xero_as_a_whole_can_be_out(app: App, kind: str, text: bytes) -> None:
    app.sandbox.control("outage", kind=kind, seconds=30)
    answer = app.call("GET", "Organisation")
    assert (answer.status, answer.data) == (503, text)
    assert app.sandbox.refresh(app.tokens["refresh_token"]).status == 200
    app.sandbox.control("clock", shift_seconds=31)
    assert app.call("GET", "Organisation").status == 200
