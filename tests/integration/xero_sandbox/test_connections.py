"""GET and DELETE /connections (docs/xero.md B)."""

import pytest

from tests.integration.xero_sandbox.driver import FORM, HARBOUR, PRIYA, App, Sandbox, claims

MILL_LANE = "Mill Lane Properties Ltd"


def delete(app: App, connection_id: str) -> int:
    address = f"{app.sandbox.base}/connections/{connection_id}"
    headers = {"Authorization": f"Bearer {app.tokens['access_token']}"}
    return app.sandbox.http.request("DELETE", address, headers=headers).status


@pytest.mark.fact("B1", "A13")
def test_a_row_has_seven_digits_and_no_zone(app: App) -> None:
    [row] = app.sandbox.connections(app.tokens["access_token"])
    assert (row["tenantType"], row["tenantName"]) == ("ORGANISATION", HARBOUR)
    assert len(row["createdDateUtc"]) == len("2019-12-07T18:46:19.5165400")
    assert row["authEventId"] == claims(app.tokens["access_token"])["authentication_event_id"]


@pytest.mark.fact("B2", "A12")
def test_the_bare_call_lists_all_of_a_user_and_the_event_only_this_consent(app: App) -> None:
    second = app.sandbox.connect(organisation=MILL_LANE)
    event = claims(second.tokens["access_token"])["authentication_event_id"]
    everything = app.sandbox.connections(second.tokens["access_token"])
    narrowed = app.sandbox.connections(second.tokens["access_token"], f"?authEventId={event}")
    assert {row["tenantName"] for row in everything} == {HARBOUR, MILL_LANE}
    assert [row["tenantName"] for row in narrowed] == [MILL_LANE]


@pytest.mark.fact("B16")
def test_paths_may_be_written_either_way(app: App) -> None:
    answer = app.sandbox.get("/Connections", Authorization=f"Bearer {app.tokens['access_token']}")
    assert answer.status == 200
    assert not [name for name in answer.headers if "Limit" in name]


@pytest.mark.fact("B5")
def test_two_users_hold_an_organisation_apart(sandbox: Sandbox) -> None:
    daniel, priya = sandbox.connect(), sandbox.connect(PRIYA)
    assert daniel.connection_id != priya.connection_id
    assert delete(daniel, daniel.connection_id) == 204
    assert daniel.call("GET", "Organisation").status == 403
    assert priya.call("GET", "Organisation").status == 200


@pytest.mark.fact("B3", "B11")
def test_deleting_wants_the_connections_own_id(app: App) -> None:
    assert delete(app, app.organisation_id) == 403
    assert delete(app, "11111111-1111-4111-8111-111111111111") == 404
    assert delete(app, app.connection_id) == 204
    assert app.sandbox.connections(app.tokens["access_token"]) == []
    assert app.sandbox.refresh(app.tokens["refresh_token"]).status == 200


@pytest.mark.fact("B17")
@pytest.mark.parametrize("survives", [True, False])
def test_a_connection_comes_back_as_the_same_row_or_another(app: App, survives: bool) -> None:
    app.sandbox.switch(connection_id_survives_reconnect=survives)
    delete(app, app.connection_id)
    again = app.sandbox.connect()
    [row] = app.sandbox.connections(again.tokens["access_token"])
    assert (again.connection_id == app.connection_id) is survives
    assert (row["createdDateUtc"] != row["updatedDateUtc"]) is survives


@pytest.mark.fact("B2")
@pytest.mark.parametrize("changes", [True, False])
def test_consenting_again_may_keep_the_old_event(app: App, changes: bool) -> None:
    app.sandbox.switch(reconsent_changes_event=changes)
    again = app.sandbox.connect()
    event = claims(again.tokens["access_token"])["authentication_event_id"]
    assert len(app.sandbox.connections(again.tokens["access_token"], f"?authEventId={event}")) == int(changes)


@pytest.mark.fact("A16")
def test_the_app_itself_may_list_and_delete_without_a_user(app: App) -> None:
    token = app.sandbox.token(grant_type="client_credentials", scope="app.connections").json()
    assert "refresh_token" not in token
    [row] = app.sandbox.connections(token["access_token"])
    answer = app.sandbox.http.request(
        "DELETE",
        f"{app.sandbox.base}/connections/{row['id']}",
        headers={"Authorization": f"Bearer {token['access_token']}"},
    )
    assert answer.status == 204


@pytest.mark.fact("A18")
def test_revoking_ends_the_grant_and_every_connection_of_the_user(app: App) -> None:
    app.sandbox.connect(organisation=MILL_LANE)
    body = f"token={app.tokens['refresh_token']}&client_id=sandbox-client&client_secret=sandbox-secret"
    address = f"{app.sandbox.base}/connect/revocation"
    answer = app.sandbox.http.request("POST", address, body=body, headers=FORM)
    assert (answer.status, answer.data) == (200, b"")
    assert app.sandbox.refresh(app.tokens["refresh_token"]).data == b'{"error":"invalid_grant"}'
    assert not [row for row in app.sandbox.state()["connections"] if row["active"]]
