"""Disconnecting: by the connection's own id, harming nobody else, forgetting no bond."""

from datetime import date

import pytest

from integrations import asking, removing
from integrations.models import Connection, Grant
from integrations.removing import remove_leftovers
from integrations.xero.connections import Listing
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, Person, text_of
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State


@pytest.fixture
def connection(admin: Person, cast: Cast) -> Connection:
    return admin.connect(cast.harbour_view)


def left_at_xero(sandbox: Sandbox) -> int:
    return sum(one["active"] for one in sandbox.see("state")["connections"])


def test_the_page_says_what_it_means(admin: Person, cast: Cast, connection: Connection) -> None:
    page = text_of(admin.get("xero-disconnect", cast.harbour_view))
    assert "stays bound to Harbour View Ltd" in page
    assert "Disconnect Harbour View Ltd</button>" in page


def test_it_ends_at_xero_and_keeps_bond_and_date(
    admin: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    admin.post("xero-disconnect", cast.harbour_view)
    connection.refresh_from_db()
    assert connection.state == State.DISCONNECTED
    assert connection.organisation_name == HARBOUR_VIEW
    assert connection.sync_from == date(2025, 4, 1)
    assert left_at_xero(sandbox) == 0


def test_the_other_company_of_the_same_xero_user_goes_on(
    admin: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    other = admin.connect(cast.castlegate, organisation=CASTLEGATE)
    admin.post("xero-disconnect", cast.harbour_view)
    assert left_at_xero(sandbox) == 1
    other.refresh_from_db()
    assert other.state == State.CONNECTED
    paths = [one["path"] for one in sandbox.see("record", last=500)["requests"]]
    assert not any("revocation" in path for path in paths)


def test_what_an_earlier_holder_left_at_xero_goes_too(
    admin: Person, connector: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    """A colleague took it over, so Xero lists the app twice for the organisation: once for each login."""
    connector.go(cast.harbour_view, user=PRIYA, name="xero-take-over")
    assert left_at_xero(sandbox) == 2
    admin.post("xero-disconnect", cast.harbour_view)
    assert left_at_xero(sandbox) == 0


def test_what_somebody_reconnects_meanwhile_is_left_to_them(
    connector: Person, cast: Cast, connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Xero lists what is left, the company is connected again."""
    connector.go(cast.harbour_view, user=PRIYA, name="xero-take-over")
    Connection.objects.update(state=State.DISCONNECTED)

    def reconnected(grant: Grant) -> Listing:
        listing = asking.listed_for(grant)
        Connection.objects.update(state=State.CONNECTED)
        return listing

    monkeypatch.setattr(removing, "listed_for", reconnected)
    removing.remove_at_xero(connection)
    assert left_at_xero(sandbox) == 2


def test_while_xero_is_down_it_is_removed_later(
    admin: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("faults", action="outage")
    admin.post("xero-disconnect", cast.harbour_view)
    connection.refresh_from_db()
    assert connection.state == State.DISCONNECTED
    sandbox.do("faults", clear=True)
    assert remove_leftovers() == 1
    assert left_at_xero(sandbox) == 0
    assert remove_leftovers() == 0


def test_reconnecting_offers_the_same_organisation(
    admin: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    admin.post("xero-disconnect", cast.harbour_view)
    assert "disconnected on purpose" in text_of(admin.get("xero-reconnect", cast.harbour_view))
    admin.go(cast.harbour_view, name="xero-reconnect")
    connection.refresh_from_db()
    assert connection.state == State.AWAITING_DATE
    assert connection.sync_from == date(2025, 4, 1)


def test_looking_disconnects_nothing(admin: Person, cast: Cast, connection: Connection) -> None:
    admin.get("xero-disconnect", cast.harbour_view)
    connection.refresh_from_db()
    assert connection.state == State.CONNECTED
