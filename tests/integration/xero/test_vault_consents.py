"""Consents that race with refreshes and with each other."""

from datetime import timedelta

import pytest

from integrations.models import Consent, Grant
from integrations.xero import connections, vault
from integrations.xero.errors import AccessLost, GrantBusy
from integrations.xero.oauth import Identity, TokenSet
from integrations.xero.steps import listening
from released.clock.database import database_now
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds, put
from tests.integration.xero.consenting import Consents
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def grant(sandbox: Sandbox, deaths: Deaths) -> Grant:
    return sandbox.grant()


@pytest.fixture
def consents(db: None) -> Consents:
    return Consents()


def test_a_first_consent_makes_the_grant(sandbox: Sandbox, deaths: Deaths, consents: Consents) -> None:
    made = consents.whole(sandbox)
    assert made.state == Grant.State.ALIVE
    assert made.xero_user_name == "Daniel Okafor"
    assert connections.list_for(vault.access_token(made.pk))
    assert Consent.objects.get().grant == made
    assert Consent.objects.get().exchange_finished_at is not None


def test_a_second_consent_keeps_what_was_current_as_previous(
    grant: Grant, sandbox: Sandbox, consents: Consents
) -> None:
    saved = consents.whole(sandbox, "Castlegate Estates Ltd")
    assert saved.pk == grant.pk
    assert saved.previous_refresh_token == grant.refresh_token


def test_a_consent_revives_a_dead_grant(grant: Grant, sandbox: Sandbox, consents: Consents) -> None:
    put(grant, state=Grant.State.DEAD, in_doubt=True, failures=3)
    saved = consents.whole(sandbox)
    assert (saved.pk, saved.state, saved.in_doubt, saved.failures) == (grant.pk, Grant.State.ALIVE, False, 0)


def test_a_worker_whose_claim_a_consent_has_cleared_uses_the_consents_tokens(
    grant: Grant, sandbox: Sandbox, consents: Consents
) -> None:
    def consent_now(point: str) -> None:
        if point == "vault.claimed":
            consents.whole(sandbox)

    with listening(consent_now):
        token = vault.access_token(expire(grant).pk)
    assert token == again(grant).access_token
    assert sandbox.refreshes == 0


class TestWhileAnExchangeIsUnfinished:
    @pytest.fixture
    def ended(self, grant: Grant) -> Grant:
        """Xero has ended its tokens, perhaps because of the consent that is being given."""
        return expire(put(grant, refresh_token="ended", previous_refresh_token="ended too"))

    def test_no_grant_is_declared_dead(self, ended: Grant, deaths: Deaths, consents: Consents) -> None:
        consents.begin()
        with pytest.raises(GrantBusy):
            vault.access_token(ended.pk)
        assert (again(ended).state, deaths) == (Grant.State.ALIVE, [])

    def test_the_check_is_repeated_and_finds_the_consents_tokens(
        self, ended: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents
    ) -> None:
        consent = consents.begin()
        with pytest.raises(GrantBusy):
            vault.access_token(ended.pk)
        vault.save_consent(consent.pk, *sandbox.sign_in())
        assert vault.access_token(ended.pk)
        assert deaths == []

    def test_one_that_came_to_nothing_holds_death_up_for_a_minute_only(
        self, ended: Grant, deaths: Deaths, consents: Consents
    ) -> None:
        consent = consents.begin()
        with pytest.raises(GrantBusy):
            vault.access_token(ended.pk)
        pass_seconds(ended, 61)
        Consent.objects.update(exchange_started_at=database_now() - timedelta(seconds=61))
        vault.heal_due()
        assert [told for told, _ in deaths] == [ended.pk]
        assert consent.exchange_finished_at is None

    def test_one_that_certainly_failed_holds_nothing_up(self, ended: Grant, consents: Consents) -> None:
        vault.abandon_exchange(consents.begin().pk)
        with pytest.raises(AccessLost):
            vault.access_token(ended.pk)


@pytest.mark.parametrize("ends_earlier", [False, True])
def test_two_consents_at_once_leave_a_working_grant_in_either_order_of_arrival(
    sandbox: Sandbox, deaths: Deaths, consents: Consents, ends_earlier: bool
) -> None:
    sandbox.switch(consent_ends_earlier_grants=ends_earlier)
    first, second = consents.begin(), consents.begin()
    first_tokens, second_tokens = sandbox.sign_in(), sandbox.sign_in()
    vault.save_consent(second.pk, *second_tokens)
    saved = vault.save_consent(first.pk, *first_tokens)
    assert saved.refresh_token == second_tokens[0].refresh_token
    assert saved.previous_refresh_token == first_tokens[0].refresh_token
    assert vault.access_token(expire(saved).pk)
    assert deaths == []


def test_a_consent_that_ends_the_earlier_tokens_while_a_worker_asks_kills_nothing(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, consents: Consents
) -> None:
    """The code is exchanged, and ends the old tokens, between the worker's lock and its question."""
    sandbox.switch(consent_ends_earlier_grants=True)
    begun: list[Consent] = [consents.begin()]
    exchanged: list[tuple[TokenSet, Identity]] = []

    def exchange_now(point: str) -> None:
        if point == "vault.sending" and not exchanged:
            exchanged.append(sandbox.sign_in())

    with listening(exchange_now), pytest.raises(GrantBusy):
        vault.access_token(expire(grant).pk)
    vault.save_consent(begun[0].pk, *exchanged[0])
    assert vault.access_token(grant.pk)
    assert deaths == []
