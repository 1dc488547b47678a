"""Each way of losing access, done in Xero: told apart as far as the evidence goes, else "most likely"."""

from datetime import timedelta

import pytest

from integrations.causes import words_for
from integrations.models import Connection, Episode
from integrations.probes import probe
from released.clock import now
from tests.factories.cast import Cast
from tests.flows import Person
from tests.sandbox import DANIEL, HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
Cause = Episode.Cause
DEMO = "Demo Company (UK)"


@pytest.fixture
def connection(admin: Person, cast: Cast) -> Connection:
    return admin.connect(cast.harbour_view)


def lost(connection: Connection) -> Episode:
    """What the next call to Xero finds out."""
    probe(connection)
    connection.refresh_from_db()
    assert connection.state == State.REVOKED
    return Episode.objects.get(connection=connection, kind=Episode.Kind.LOST)


@pytest.mark.parametrize("role", ["INVOICEONLY", "READONLY"])
def test_a_lowered_role_is_a_change_of_access(connection: Connection, sandbox: Sandbox, role: str) -> None:
    sandbox.do("set-role", user=DANIEL, organisation=HARBOUR_VIEW, role=role)
    episode = lost(connection)
    assert episode.cause == Cause.ACCESS_CHANGED
    words = words_for(episode)
    assert words.sentence == f"Most likely Daniel Okafor’s access to {HARBOUR_VIEW} changed in Xero."
    assert "Someone who still has Standard or Adviser access" in words.advice


def test_a_lowered_role_that_xero_no_longer_lists_reads_as_disconnected_most_likely(
    connection: Connection, sandbox: Sandbox
) -> None:
    """Nothing in Xero's answers tells it from Disconnect App, so nothing is claimed to be certain."""
    sandbox.switch(lowered_role_still_listed=False)
    sandbox.do("set-role", user=DANIEL, organisation=HARBOUR_VIEW, role="READONLY")
    episode = lost(connection)
    assert (episode.cause, episode.is_certain) == (Cause.APP_DISCONNECTED, False)
    assert words_for(episode).sentence.startswith("Most likely Disconnect App was pressed")


def test_an_organisation_that_is_gone_for_everybody_is_not_one_persons_access(
    connection: Connection, connector: Person, cast: Cast, sandbox: Sandbox
) -> None:
    """A second person of the account is asked too, and refused as well."""
    Connection.objects.update(missing_scopes="accounting.attachments")
    connector.consent_and_return(cast.harbour_view, user=PRIYA, name="xero-reconnect")
    sandbox.do("end-access", organisation=HARBOUR_VIEW, reason="organisation deleted")
    connection.refresh_from_db()
    episode = lost(connection)
    assert (episode.cause, episode.is_certain) == (Cause.TRIAL_ENDED, False)
    assert "Settle the subscription in Xero first" in words_for(episode).advice


def test_a_trial_still_within_its_days_is_not_blamed(
    admin: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    Connection.objects.update(organisation_class="TRIAL", organisation_created_at=now() - timedelta(days=5))
    connection.refresh_from_db()
    sandbox.do("set-role", user=DANIEL, organisation=HARBOUR_VIEW, role="READONLY")
    assert lost(connection).cause == Cause.ACCESS_CHANGED


@pytest.mark.parametrize("listed", [True, False])
def test_a_demo_company_that_was_reset_has_no_subscription_to_settle(
    admin: Person, cast: Cast, sandbox: Sandbox, listed: bool
) -> None:
    sandbox.switch(ended_trial_still_listed=listed)
    connection = admin.connect(cast.harbour_view, organisation=DEMO)
    began = now() - timedelta(days=28, hours=1)
    Connection.objects.update(organisation_created_at=began, class_seen_at=now() - timedelta(hours=2))
    sandbox.do("end-access", organisation=DEMO, reason="demo reset")
    connection.refresh_from_db()
    assert connection.organisation_class == "DEMO"
    words = words_for(lost(connection))
    assert words.sentence.startswith("Most likely Xero reset the demo company")
    assert "subscription" not in words.advice


def test_the_evidence_is_kept_with_nobody_named(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("set-role", user=DANIEL, organisation=HARBOUR_VIEW, role="READONLY")
    kept = str(lost(connection).evidence)
    assert "AuthenticationUnsuccessful" in kept
    assert DANIEL not in kept
    assert "Okafor" not in kept


def test_an_outage_is_amber_on_the_pages_of_the_integration_and_nowhere_else(
    admin: Person, manager: Person, cast: Cast, connection: Connection, sandbox: Sandbox
) -> None:
    sandbox.do("outage", kind="maintenance")
    probe(connection)
    page = admin.get("xero", cast.harbour_view).content.decode()
    assert 'data-testid="outage"' in page
    assert "Nothing needs doing" in page
    assert "What we saw" in page
    assert "pill unavailable" in admin.get("add-ons").content.decode()
    for person, name in ((admin, "xero"), (admin, "income-and-expenses"), (manager, "home")):
        shown = person.get(name, cast.harbour_view if name == "xero" else None).content.decode()
        assert "reconnect-banner" not in shown
        assert "pill revoked" not in shown
    assert "Xero unavailable" not in manager.get("home").content.decode()
