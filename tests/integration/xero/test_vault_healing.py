"""What was started and not finished is put right, also on a grant that nobody uses."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection as database

from integrations.models import Grant
from integrations.xero import connections, vault
from integrations.xero.errors import GrantBusy, Unavailable
from integrations.xero.steps import listening
from released import clock
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds, put
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db(transaction=True)

A_MINUTE = 61
TWO_MINUTES = 121


@pytest.fixture
def grant(sandbox: Sandbox, deaths: Deaths) -> Grant:
    return expire(sandbox.grant())


def lose_the_answer(grant: Grant, sandbox: Sandbox) -> Grant:
    """Xero rotates, and its answer never reaches us."""
    sandbox.do("faults", action="commit_then_drop", path="/connect/token")
    with pytest.raises(Unavailable):
        vault.access_token(grant.pk)
    return again(grant)


def works(grant: Grant) -> bool:
    return bool(connections.list_for(again(grant).access_token))


@pytest.mark.parametrize("repeats_successor", [False, True])
def test_a_lost_answer_is_healed_within_the_grace(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, repeats_successor: bool
) -> None:
    sandbox.switch(grace_repeats_successor=repeats_successor)
    lost = lose_the_answer(grant, sandbox)
    assert (lost.claim is not None, lost.refresh_token) == (True, grant.refresh_token)
    assert vault.heal_due() == 0  # its owner may still be at it
    pass_seconds(grant, A_MINUTE)
    assert vault.heal_due() == 1
    assert works(grant)
    assert deaths == []


def test_doubt_lasts_until_every_earlier_request_must_have_landed(grant: Grant, sandbox: Sandbox) -> None:
    lose_the_answer(grant, sandbox)
    pass_seconds(grant, A_MINUTE)
    vault.heal_due()
    assert again(grant).in_doubt
    assert vault.heal_due() == 0
    pass_seconds(grant, TWO_MINUTES)
    assert vault.heal_due() == 1
    assert (again(grant).in_doubt, again(grant).first_claimed_at) == (False, None)
    assert vault.heal_due() == 0


def test_doubt_is_healed_although_the_access_token_is_fresh(grant: Grant, sandbox: Sandbox) -> None:
    vault.access_token(grant.pk)
    put(grant, in_doubt=True)
    pass_seconds(grant, TWO_MINUTES)
    assert vault.heal_due() == 1
    assert sandbox.refreshes == 2


def test_the_first_claims_time_is_kept(grant: Grant, sandbox: Sandbox) -> None:
    lose_the_answer(grant, sandbox)
    first = pass_seconds(grant, A_MINUTE).first_claimed_at
    sandbox.do("faults", action="commit_then_drop", path="/connect/token")
    vault.heal_due()
    assert again(grant).first_claimed_at == first


def test_healing_does_not_wait_for_the_cool_down(grant: Grant, sandbox: Sandbox) -> None:
    lose_the_answer(grant, sandbox)
    pass_seconds(grant, A_MINUTE)
    put(grant, cool_until=clock.now() + timedelta(hours=1))
    assert vault.heal_due() == 1


def test_a_worker_that_meets_a_fresh_claim_is_sent_away(grant: Grant, sandbox: Sandbox) -> None:
    lose_the_answer(grant, sandbox)
    calls = sandbox.refreshes
    with pytest.raises(GrantBusy):
        vault.access_token(grant.pk)
    assert sandbox.refreshes == calls


def test_a_worker_that_meets_a_stale_claim_takes_it_over_and_leaves_doubt(
    grant: Grant, sandbox: Sandbox
) -> None:
    lose_the_answer(grant, sandbox)
    pass_seconds(grant, A_MINUTE)
    assert vault.access_token(grant.pk)
    assert again(grant).in_doubt


def test_a_commit_that_fails_after_xeros_yes_leaves_doubt_and_heals(
    grant: Grant, sandbox: Sandbox, deaths: Deaths
) -> None:
    with listening(cut_the_database_at("vault.settled")), pytest.raises(GrantBusy):
        vault.access_token(grant.pk)
    after = again(grant)
    assert (after.in_doubt, after.refresh_token) == (True, grant.refresh_token)
    pass_seconds(grant, A_MINUTE)
    assert vault.heal_due() == 1
    assert works(grant)
    assert deaths == []


def test_a_lock_that_is_lost_before_sending_sends_nothing(grant: Grant, sandbox: Sandbox) -> None:
    with listening(cut_the_database_at("vault.locked")), pytest.raises(GrantBusy):
        vault.access_token(grant.pk)
    assert sandbox.refreshes == 0
    assert not again(grant).in_doubt


def test_nothing_is_stranded_after_the_grace_has_ended(grant: Grant, sandbox: Sandbox) -> None:
    lose_the_answer(grant, sandbox)
    pass_seconds(grant, A_MINUTE)
    vault.heal_due()
    pass_seconds(grant, TWO_MINUTES)
    vault.heal_due()
    sandbox.do("clock", shift_seconds=31 * 60)
    assert vault.refresh(grant.pk, rejected=again(grant).access_token)
    sandbox.do("clock", reset=True)


class TestKeepingAlive:
    def test_an_idle_grant_is_refreshed_well_before_sixty_days(self, grant: Grant, sandbox: Sandbox) -> None:
        put(grant, refreshed_at=clock.now() - timedelta(days=46))
        assert vault.heal_due() == 1
        assert sandbox.refreshes == 1
        assert vault.heal_due() == 0

    def test_a_grant_in_use_is_left_alone(self, grant: Grant, sandbox: Sandbox) -> None:
        put(grant, refreshed_at=clock.now() - timedelta(days=44))
        assert vault.heal_due() == 0

    def test_a_dead_one_too(self, grant: Grant, sandbox: Sandbox) -> None:
        put(grant, refreshed_at=clock.now() - timedelta(days=46), state=Grant.State.DEAD)
        assert vault.heal_due() == 0


def cut_the_database_at(point: str) -> "CutAt":
    return CutAt(point)


class CutAt:
    """Ends our own database session from outside, once, at the named point."""

    def __init__(self, point: str) -> None:
        self._point = point

    def __call__(self, point: str) -> None:
        if point == self._point:
            self._point = ""
            end_session(database.connection.info.backend_pid)


def end_session(backend: int) -> None:
    told = database.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    other = psycopg2.connect(**{name: told[key] for name, key in names.items() if told[key]})
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    other.close()
