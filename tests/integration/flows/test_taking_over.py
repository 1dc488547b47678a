"""Another admin takes over a working connection before somebody leaves: no gap, recorded, and told."""

import pytest

from integrations.models import Connection, Consent, Episode
from tests.factories.cast import Cast
from tests.factories.integrations import connection as make_connection
from tests.flows import HOLDINGS, Person, address, text_of
from tests.sandbox import PRIYA

pytestmark = pytest.mark.django_db
TAKE_OVER = "xero-take-over"


@pytest.fixture
def held(admin: Person, cast: Cast) -> Connection:
    """Daniel connected it with his own Xero login."""
    return admin.connect(cast.harbour_view)


def test_the_company_s_page_tells_whose_xero_login_it_hangs_on(
    connector: Person, cast: Cast, held: Connection
) -> None:
    page = text_of(connector.get("xero", cast.harbour_view))
    assert "Daniel Okafor" in page.split('data-testid="xero-login"')[1][:60]
    assert address(TAKE_OVER, cast.harbour_view) in page


def test_it_is_taken_over_while_it_works(connector: Person, cast: Cast, held: Connection) -> None:
    assert "Take over Harbour View Ltd in Xero" in text_of(connector.get(TAKE_OVER, cast.harbour_view))
    page = text_of(connector.go(cast.harbour_view, user=PRIYA, name=TAKE_OVER))
    assert "You hold the connection of Harbour View Ltd" in page
    now_held = Connection.objects.get(pk=held.pk)
    assert now_held.state == Connection.State.CONNECTED
    assert now_held.connected_by == connector.user
    assert now_held.grant_id != held.grant_id
    assert (now_held.sync_from, now_held.xero_tenant_id) == (held.sync_from, held.xero_tenant_id)
    assert not Episode.objects.exists()


def test_who_took_it_over_from_whom_is_recorded(connector: Person, cast: Cast, held: Connection) -> None:
    connector.go(cast.harbour_view, user=PRIYA, name=TAKE_OVER)
    event = held.events.get(what="taken_over")
    assert event.actor == connector.user
    assert f"{connector.user} took over the connection" in event.says
    assert "from Daniel Okafor" in event.says
    assert "Priya Shah (priya@northgate.example) instead of Daniel Okafor" in event.says
    assert (event.before["grant"], event.before["state"]) == (held.grant_id, "connected")


def test_the_same_xero_login_again_is_told(connector: Person, cast: Cast, held: Connection) -> None:
    page = text_of(connector.go(cast.harbour_view, name=TAKE_OVER))
    assert "Is this your Xero login?" in page
    assert "Daniel Okafor (daniel@northgate.example)" in page


def test_another_organisation_is_refused_and_nothing_changes(
    connector: Person, cast: Cast, held: Connection
) -> None:
    page = text_of(connector.go(cast.harbour_view, user=PRIYA, organisation=HOLDINGS, name=TAKE_OVER))
    assert "was not taken over" in page
    assert address(TAKE_OVER, cast.harbour_view) in page
    now_held = Connection.objects.get(pk=held.pk)
    assert (now_held.grant_id, now_held.connected_by) == (held.grant_id, held.connected_by)


def test_cancelling_in_xero_leaves_it_as_it_was(connector: Person, cast: Cast, held: Connection) -> None:
    page = text_of(connector.go(cast.harbour_view, decision="cancel", name=TAKE_OVER))
    assert "You did not give access at Xero" in page
    assert Consent.objects.latest("pk").purpose == Consent.Purpose.TAKE_OVER
    assert Connection.objects.get(pk=held.pk).connected_by == held.connected_by


def test_whoever_holds_it_is_told_that_nothing_is_to_be_done(
    admin: Person, cast: Cast, held: Connection
) -> None:
    assert "You hold the connection" in text_of(admin.get(TAKE_OVER, cast.harbour_view))


def test_lost_access_is_reconnected_instead(admin: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view, Connection.State.REVOKED)
    assert admin.get(TAKE_OVER, cast.harbour_view)["location"] == address("xero-reconnect", cast.harbour_view)
