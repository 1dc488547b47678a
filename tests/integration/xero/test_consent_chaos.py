"""Processes killed in the middle of a consent: what was saved works; what can’t be saved ends honestly."""

import signal
from datetime import timedelta

import pytest

from integrations.models import Consent, Grant
from integrations.xero import connections, vault
from integrations.xero.errors import AccessLost, GrantBusy
from released.clock.database import database_now
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds
from tests.integration.xero.consenting import Consents
from tests.sandbox import Sandbox
from tests.struck_worker import StruckWorker

pytestmark = pytest.mark.django_db(transaction=True)
ends_earlier = pytest.mark.parametrize("ends_earlier", [False, True], ids=["keeps older", "ends older"])


@pytest.fixture
def grant(sandbox: Sandbox, deaths: Deaths) -> Grant:
    return sandbox.grant()


@pytest.fixture
def consents(db: None) -> Consents:
    return Consents()


def killed_at(point: str, consents: Consents, sandbox: Sandbox) -> None:
    """A process that takes a consent from its flag to its saved tokens dies at `point`."""

    def act() -> str:
        consents.whole(sandbox)
        return "saved"

    worker = StruckWorker(act, point, signal.SIGKILL)
    try:
        assert worker.killed()
    finally:
        worker.end()


def a_minute_passes(grant: Grant) -> None:
    pass_seconds(grant, 61)
    Consent.objects.update(exchange_started_at=database_now() - timedelta(seconds=61))


@ends_earlier
def test_killed_before_the_exchange_the_old_permission_goes_on(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents, ends_earlier: bool
) -> None:
    sandbox.switch(consent_ends_earlier_grants=ends_earlier)
    killed_at("vault.flagged", consents, sandbox)
    assert connections.list_for(vault.access_token(expire(grant).pk))
    assert deaths == []


def test_killed_after_the_exchange_the_old_permission_goes_on_where_xero_keeps_it(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents
) -> None:
    killed_at("vault.exchanged", consents, sandbox)
    assert connections.list_for(vault.access_token(expire(grant).pk))
    assert deaths == []


def test_killed_after_the_exchange_where_xero_ends_the_older_the_person_starts_again(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents
) -> None:
    """The one window that nobody can close (docs/protocols.md, Vault 6)."""
    sandbox.switch(consent_ends_earlier_grants=True)
    killed_at("vault.exchanged", consents, sandbox)
    with pytest.raises(GrantBusy):
        vault.access_token(expire(grant).pk)
    assert deaths == []
    a_minute_passes(grant)
    with pytest.raises(AccessLost):
        vault.access_token(grant.pk)
    assert [told for told, _ in deaths] == [grant.pk]
    revived = consents.whole(sandbox)
    assert (revived.pk, revived.state) == (grant.pk, Grant.State.ALIVE)
    assert connections.list_for(vault.access_token(grant.pk))


@ends_earlier
def test_killed_after_the_commit_the_new_permission_is_there(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents, ends_earlier: bool
) -> None:
    sandbox.switch(consent_ends_earlier_grants=ends_earlier)
    killed_at("vault.consented", consents, sandbox)
    assert again(grant).refresh_token != grant.refresh_token
    assert connections.list_for(vault.access_token(expire(grant).pk))
    assert deaths == []
