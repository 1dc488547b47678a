"""The wrong organisation: refused by name, nothing changed, nobody's secrets told, Xero left tidy."""

from typing import Any

import pytest

from integrations.models import Connection, Event, Grant
from integrations.probes import probe
from integrations.watch import watch_connections
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, HOLDINGS, Person, text_of
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State


def bonds() -> list[Any]:
    return list(
        Connection.objects.order_by("pk").values_list("company", "xero_tenant_id", "sync_from", "state")
    )


def organisations_at_xero(sandbox: Sandbox) -> list[str]:
    return sorted(one["tenantName"] for one in sandbox.see("state")["connections"] if one["active"])


@pytest.fixture
def lost(admin: Person, cast: Cast, sandbox: Sandbox) -> Connection:
    """Harbour View, connected and then disconnected in Xero, noticed."""
    connection = admin.connect(cast.harbour_view)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    assert watch_connections() == 1
    return connection


def test_another_organisation_is_refused_by_name(admin: Person, cast: Cast, lost: Connection) -> None:
    before = bonds()
    page = admin.go(cast.harbour_view, organisation=HOLDINGS, name="xero-reconnect")
    assert 'data-testid="organisation-mismatch"' in text_of(page)
    assert HARBOUR_VIEW in text_of(page)
    assert HOLDINGS in text_of(page)
    assert bonds() == before


def test_the_refusal_can_be_reloaded(admin: Person, cast: Cast, lost: Connection) -> None:
    first = admin.go(cast.harbour_view, organisation=HOLDINGS, name="xero-reconnect")
    again = admin.get("xero-outcome", cast.harbour_view)
    assert HOLDINGS in text_of(first)
    assert HOLDINGS in text_of(again)


def test_a_refused_connection_is_removed_at_xero(
    admin: Person, cast: Cast, lost: Connection, sandbox: Sandbox
) -> None:
    admin.go(cast.harbour_view, organisation=HOLDINGS, name="xero-reconnect")
    assert organisations_at_xero(sandbox) == []


def test_a_refusal_leaves_what_another_company_uses(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    admin.connect(cast.castlegate, organisation=CASTLEGATE)
    page = admin.go(cast.harbour_view, organisation=CASTLEGATE)
    assert "belongs to another company" in text_of(page)
    assert "Castlegate Estates Ltd" in text_of(page)
    assert organisations_at_xero(sandbox) == [CASTLEGATE]
    assert not Connection.objects.filter(company=cast.harbour_view).exclude(xero_tenant_id=None).exists()


def test_an_organisation_of_another_account_names_nobody(
    admin: Person, stranger: Person, cast: Cast, sandbox: Sandbox
) -> None:
    stranger.connect(cast.foreign_company, user=PRIYA, organisation="Quayside Lettings Ltd")
    page = admin.go(cast.harbour_view, organisation="Quayside Lettings Ltd")
    assert "already connected elsewhere" in text_of(page)
    assert "Harbour Letting" not in text_of(page)
    assert "Rosa Lind" not in text_of(page)


def test_the_same_xero_user_in_two_accounts_harms_neither(
    admin: Person, stranger: Person, cast: Cast, sandbox: Sandbox
) -> None:
    """The refused consent ended the older tokens; the other account's company goes on with its."""
    sandbox.switch(consent_ends_earlier_grants=True)
    theirs = stranger.connect(cast.foreign_company, organisation="Quayside Lettings Ltd")
    admin.go(cast.harbour_view, organisation="Quayside Lettings Ltd")
    assert organisations_at_xero(sandbox) == ["Quayside Lettings Ltd"]
    theirs.refresh_from_db()
    probe(theirs)
    assert theirs.state == State.CONNECTED
    assert Grant.objects.count() == 1


def test_a_refusal_saves_the_new_tokens(admin: Person, cast: Cast) -> None:
    admin.connect(cast.castlegate, organisation=CASTLEGATE)
    before = Grant.objects.get().refresh_token
    admin.go(cast.harbour_view, organisation=CASTLEGATE)
    assert Grant.objects.get().refresh_token != before


def test_a_refusal_is_on_record(admin: Person, cast: Cast, lost: Connection) -> None:
    admin.go(cast.harbour_view, organisation=HOLDINGS, name="xero-reconnect")
    event = Event.objects.get(what="organisation_refused")
    assert event.actor == cast.admin
    assert HOLDINGS in event.says


def test_the_right_one_still_works_afterwards(admin: Person, cast: Cast, lost: Connection) -> None:
    admin.go(cast.harbour_view, organisation=HOLDINGS, name="xero-reconnect")
    admin.go(cast.harbour_view, name="xero-reconnect")
    lost.refresh_from_db()
    assert lost.state == State.AWAITING_DATE
