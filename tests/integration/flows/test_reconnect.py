"""Reconnecting: explained, quick, and only finished when the date is confirmed."""

from datetime import date

import pytest

from integrations import transitions
from integrations.models import Connection, Episode
from integrations.watch import watch_connections
from tests.factories.cast import Cast
from tests.flows import Person, address, text_of
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State


@pytest.fixture
def lost(admin: Person, cast: Cast, sandbox: Sandbox) -> Connection:
    """Harbour View, connected and then disconnected in Xero, noticed."""
    connection = admin.connect(cast.harbour_view)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch_connections() == 1
    connection.refresh_from_db()
    return connection


def test_the_page_says_what_happened_and_what_is_expected(
    admin: Person, cast: Cast, lost: Connection
) -> None:
    page = text_of(admin.get("xero-reconnect", cast.harbour_view))
    assert "Disconnect App was pressed" in page
    assert 'data-testid="organisation-name"' in page
    assert "Daniel Okafor" in page
    assert "1 Apr 2025" in page


def test_from_the_page_it_is_two_clicks_to_xero(admin: Person, cast: Cast, lost: Connection) -> None:
    """With the banner's link and the confirmation of the date: four."""
    explained = text_of(admin.get("xero-reconnect", cast.harbour_view))
    assert f'href="{address("xero-leave", cast.harbour_view)}">Continue' in explained
    leaving = text_of(admin.get("xero-leave", cast.harbour_view))
    assert "Connect to Xero</button>" in leaving
    assert HARBOUR_VIEW in leaving
    assert "/identity/connect/authorize" in admin.leave("xero-reconnect", cast.harbour_view)


def test_access_stays_lost_until_the_date_is_confirmed(admin: Person, cast: Cast, lost: Connection) -> None:
    admin.go(cast.harbour_view, name="xero-reconnect")
    lost.refresh_from_db()
    assert lost.state == State.AWAITING_DATE
    assert Episode.objects.filter(closed_at__isnull=True, kind="lost").count() == 1
    transitions.confirm_sync_from(lost, sync_from=date(2025, 4, 1), by=cast.admin)
    assert not Episode.objects.filter(closed_at__isnull=True).exists()
    assert Episode.objects.get().closing["how"] == "reconnected"


def test_another_xero_user_may_reconnect(
    admin: Person, connector: Person, cast: Cast, lost: Connection
) -> None:
    connector.go(cast.harbour_view, user=PRIYA, name="xero-reconnect")
    lost.refresh_from_db()
    assert lost.grant is not None
    assert lost.grant.xero_user_name == "Priya Shah"
    assert lost.connected_by == cast.connector


def test_lost_again_before_the_date_goes_on_in_the_same_episode(
    admin: Person, cast: Cast, lost: Connection, sandbox: Sandbox
) -> None:
    admin.go(cast.harbour_view, name="xero-reconnect")
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch_connections() == 1
    lost.refresh_from_db()
    assert lost.state == State.REVOKED
    assert Episode.objects.count() == 1


def test_whoever_comes_too_late_is_told_that_it_is_solved(
    admin: Person, connector: Person, cast: Cast, lost: Connection
) -> None:
    admin.go(cast.harbour_view, name="xero-reconnect")
    assert "Only the date is left" in text_of(connector.get("xero-reconnect", cast.harbour_view))
    lost.refresh_from_db()
    transitions.confirm_sync_from(lost, sync_from=date(2025, 4, 1), by=cast.admin)
    assert "is already connected" in text_of(connector.get("xero-reconnect", cast.harbour_view))
    assert "is already connected" in text_of(connector.post("xero-reconnect", cast.harbour_view))


def test_all_time_is_kept_until_a_date_is_chosen(admin: Person, cast: Cast, lost: Connection) -> None:
    transitions.change_sync_from(lost, sync_from=None, by=None)
    assert "a date has to be chosen" in text_of(admin.get("xero-reconnect", cast.harbour_view))
    admin.go(cast.harbour_view, name="xero-reconnect")
    lost.refresh_from_db()
    assert lost.all_time
    assert lost.sync_from is None


def test_handing_over_while_it_works_leaves_no_gap(
    admin: Person, connector: Person, cast: Cast, sandbox: Sandbox
) -> None:
    connection = admin.connect(cast.harbour_view)
    transitions.need_scopes(connection, scopes={"accounting.attachments"}, evidence=[])
    connector.consent_and_return(cast.harbour_view, user=PRIYA, name="xero-reconnect")
    connection.refresh_from_db()
    assert connection.state == State.CONNECTED
    assert connection.missing_scopes == ""
    assert connection.connected_by == cast.connector
