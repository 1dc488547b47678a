"""Consent: the page, the way back, and the refusals that never come back (docs/xero.md A)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.xero_sandbox.driver import DANIEL, HARBOUR, MARCUS, Sandbox


@pytest.mark.fact("A20")
def test_a_person_chooses_a_user_and_then_an_organisation(sandbox: Sandbox) -> None:
    address = sandbox.authorize_address().removeprefix(sandbox.base)
    first = sandbox.get(address).data.decode()
    second = sandbox.get(f"{address}&user={DANIEL}").data.decode()
    assert DANIEL in first
    assert HARBOUR not in first
    assert HARBOUR in second
    assert "stand-in for Xero" in second


@pytest.mark.fact("A20")
def test_an_organisation_that_is_connected_already_is_marked(sandbox: Sandbox) -> None:
    sandbox.connect()
    address = sandbox.authorize_address().removeprefix(sandbox.base)
    assert "already connected" in sandbox.get(f"{address}&user={DANIEL}").data.decode()


@pytest.mark.fact("A21")
def test_xero_refuses_to_be_framed(sandbox: Sandbox) -> None:
    answer = sandbox.get(sandbox.authorize_address().removeprefix(sandbox.base))
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.fact("A1")
def test_allowing_returns_a_code_and_the_state(sandbox: Sandbox) -> None:
    answer = sandbox.decide(sandbox.authorize_address(), user=DANIEL, organisation=HARBOUR, decision="allow")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (answer.status, query["state"]) == (302, ["st4te"])
    assert query["code"][0]


@pytest.mark.fact("A3")
@pytest.mark.parametrize(("returns", "expected"), [(True, ["st4te"]), (False, None)])
def test_cancelling_returns_access_denied(
    sandbox: Sandbox, returns: bool, expected: list[str] | None
) -> None:
    sandbox.switch(cancel_returns_state=returns)
    answer = sandbox.decide(sandbox.authorize_address(), decision="cancel")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["error"] == ["access_denied"]
    assert query["error_description"] == ["TenantConsent status DENIED"]
    assert query.get("state") == expected


@pytest.mark.fact("A3", "A17")
@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"client_id": "nobody"}, "unauthorized_client : Unknown client or client not enabled"),
        ({"redirect_uri": "http://elsewhere.example/"}, "unauthorized_client : Invalid redirect_uri"),
        ({"scope": "accounting.transactions"}, "unauthorized_client : Invalid scope for client"),
        ({"scope": "openid nonsense"}, "unauthorized_client : Invalid scope for client"),
    ],
)
def test_a_wrong_request_lands_on_xeros_own_error_page(
    sandbox: Sandbox, changes: dict[str, str], text: str
) -> None:
    answer = sandbox.http.request("GET", sandbox.authorize_address(**changes), redirect=False)
    assert answer.headers["Location"].startswith("/identity/error?errorId=")
    page = sandbox.get(answer.headers["Location"]).data.decode()
    assert "Sorry, something went wrong" in page
    assert text in page


@pytest.mark.fact("A2")
def test_redirect_addresses_can_be_held_to_the_letter(sandbox: Sandbox) -> None:
    sandbox.switch(redirect_uri_check="exact")
    answer = sandbox.http.request("GET", sandbox.authorize_address(), redirect=False)
    assert "/identity/error" in answer.headers["Location"]


@pytest.mark.fact("A20")
def test_nobody_connects_an_organisation_they_have_no_part_in(sandbox: Sandbox) -> None:
    answer = sandbox.decide(sandbox.authorize_address(), user=MARCUS, organisation=HARBOUR, decision="allow")
    assert answer.status == 400


@pytest.mark.fact("A20")
@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("set-role", {"user": DANIEL, "organisation": HARBOUR, "role": "READONLY"}),
        ("end-access", {"organisation": HARBOUR, "reason": "trial ended"}),
    ],
)
def test_an_organisation_out_of_reach_is_not_offered(
    sandbox: Sandbox, action: str, body: dict[str, str]
) -> None:
    sandbox.control(action, **body)
    path = sandbox.authorize_address().removeprefix(sandbox.base)
    assert f"{HARBOUR}<" not in sandbox.get(f"{path}&user={DANIEL}").data.decode()
    answer = sandbox.decide(sandbox.authorize_address(), user=DANIEL, organisation=HARBOUR, decision="allow")
    assert answer.status == 400


@pytest.mark.fact("B4")
def test_an_app_over_its_connections_gets_xeros_page(sandbox: Sandbox) -> None:
    sandbox.control("limits", connections=1)
    sandbox.connect()
    answer = sandbox.decide(
        sandbox.authorize_address(), user=DANIEL, organisation="Mill Lane Properties Ltd", decision="allow"
    )
    assert answer.status == 403
    assert "needs to complete certification" in answer.data.decode()


@pytest.mark.fact("B4")
def test_an_organisation_holds_two_uncertified_apps_at_most(sandbox: Sandbox) -> None:
    sandbox.control("organisation", name="Full House Ltd", users=[DANIEL], other_uncertified_apps=2)
    answer = sandbox.decide(
        sandbox.authorize_address(), user=DANIEL, organisation="Full House Ltd", decision="allow"
    )
    assert "maximum number of uncertified apps" in answer.data.decode()
