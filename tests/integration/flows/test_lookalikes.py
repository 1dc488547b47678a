"""What looks like lost access and is not, or looks like another's: nothing is mixed up."""

import pytest

from integrations import transitions, watch
from integrations.models import Connection, Episode, Grant
from integrations.probes import probe
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, HOLDINGS, Person, text_of
from tests.sandbox import DANIEL, HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
JSON = {"Content-Type": "application/json"}
TWIN = "Mill Lane Twins Ltd"


def state_of(connection: Connection) -> str:
    connection.refresh_from_db()
    return connection.state


@pytest.fixture
def twins(admin: Person, cast: Cast, sandbox: Sandbox) -> tuple[Connection, Connection]:
    """Two organisations of the same name, each bound to a company of its own, one person's permission."""
    ids = [sandbox.do("organisation", name=TWIN, users=[DANIEL])["organisation_id"] for _ in range(2)]
    first = admin.connect(cast.harbour_view, organisation=ids[0])
    second = admin.connect(cast.castlegate, organisation=ids[1])
    assert [str(one.xero_tenant_id) for one in (first, second)] == ids
    return first, second


def test_of_two_organisations_of_one_name_the_right_one_is_lost(
    twins: tuple[Connection, Connection], sandbox: Sandbox
) -> None:
    first, second = twins
    sandbox.do("disconnect-app", connection_id=str(second.xero_connection_id))
    assert watch.watch_connections() == 1
    assert (state_of(first), state_of(second)) == (State.CONNECTED, State.REVOKED)


def test_a_twin_of_the_same_name_is_not_taken_for_the_organisation(
    twins: tuple[Connection, Connection], admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    first, second = twins
    sandbox.do("disconnect-app", connection_id=str(second.xero_connection_id))
    watch.watch_connections()
    page = admin.go(cast.castlegate, organisation=str(first.xero_tenant_id), name="xero-reconnect")
    assert "belongs to another company" in text_of(page)
    assert state_of(second) == State.REVOKED
    back = admin.go(cast.castlegate, organisation=str(second.xero_tenant_id), name="xero-reconnect")
    assert back.status_code == 200
    assert state_of(second) == State.AWAITING_DATE


def test_a_valid_token_with_no_connections_at_all_is_a_loss_of_each_company_and_not_of_the_grant(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    first = admin.connect(cast.harbour_view)
    second = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    for name in (HARBOUR_VIEW, CASTLEGATE):
        sandbox.do("disconnect-app", organisation=name)
    assert watch.watch_connections() == 2
    assert state_of(first) == state_of(second) == State.REVOKED
    assert Grant.objects.get().state == Grant.State.ALIVE
    assert set(Episode.objects.values_list("cause", flat=True)) == {Episode.Cause.APP_DISCONNECTED}


def test_of_several_companies_of_one_grant_only_the_one_that_is_gone_is_lost(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    gone = admin.connect(cast.harbour_view)
    kept = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    probe(gone)
    probe(kept)
    assert (state_of(gone), state_of(kept)) == (State.REVOKED, State.CONNECTED)


def test_one_xero_user_in_two_accounts_shows_nothing_of_the_other(
    admin: Person, stranger: Person, cast: Cast, sandbox: Sandbox
) -> None:
    """One grant, two customers: a loss in the one is neither seen nor felt in the other."""
    ours = admin.connect(cast.harbour_view)
    theirs = stranger.connect(cast.foreign_company, organisation="Quayside Lettings Ltd")
    assert ours.grant_id == theirs.grant_id
    sandbox.do("disconnect-app", organisation="Quayside Lettings Ltd")
    assert watch.watch_connections() == 1
    assert (state_of(ours), state_of(theirs)) == (State.CONNECTED, State.REVOKED)
    for name, company in (("home", None), ("add-ons", None), ("xero", cast.harbour_view)):
        page = text_of(admin.get(name, company))
        assert "reconnect-banner" not in page
        assert "Quayside" not in page
    diagnostics = admin.client.get(f"/settings/add-ons/xero/{cast.harbour_view.pk}/diagnostics/").content
    assert str(theirs.xero_tenant_id).encode() not in diagnostics
    assert b"Quayside" not in diagnostics


def test_when_many_vanish_at_once_each_is_confirmed_and_the_list_is_no_evidence(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    """Three of three are missing: one was really disconnected, the list is wrong about the others."""
    third = cast.harbour_view.account.companies.create(name="Orchard Row Ltd")
    really = admin.connect(cast.harbour_view)
    others = [
        admin.connect(cast.castlegate, organisation=CASTLEGATE),
        admin.connect(third, organisation=HOLDINGS),
    ]
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    sandbox.do("faults", action="answer", path="/connections", status=200, body="[]", headers=JSON)
    assert watch.watch_connections() == 1
    assert state_of(really) == State.REVOKED
    assert [state_of(one) for one in others] == [State.CONNECTED, State.CONNECTED]


def test_missing_scopes_are_asked_for_given_and_forgotten(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    """Refused twice, asked once; the consent returns to the company's page, and nothing was ever red."""
    connection = admin.connect(cast.harbour_view)
    body = '{"Title":"Unauthorized","Status":401,"Detail":"AuthorizationUnsuccessful"}'
    sandbox.do("faults", action="answer", path="/Organisation", status=401, body=body, headers=JSON, times=2)
    probe(connection)
    connection.refresh_from_db()
    probe(connection)
    page = text_of(admin.get("xero", cast.harbour_view))
    assert "Xero asks for more permission since" in page
    assert "Xero did not name what is missing" in page
    assert "reconnect-banner" not in page
    assert connection.events.filter(what="scopes_missing").count() == 1
    admin.go(cast.harbour_view, name="xero-reconnect")
    assert state_of(connection) == State.CONNECTED
    assert connection.missing_scopes == ""
    assert not Episode.objects.exists()


def test_permissions_given_for_one_company_are_given_for_all_on_the_same_login(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    ours, other = admin.connect(cast.harbour_view), admin.connect(cast.castlegate, organisation=CASTLEGATE)
    for each in (ours, other):
        transitions.need_scopes(each, scopes={"unnamed"}, evidence=[])
    admin.go(cast.harbour_view, name="xero-reconnect")
    for each in (ours, other):
        each.refresh_from_db()
        assert each.missing_scopes == ""
    assert other.events.filter(what="permissions_updated").count() == 1
