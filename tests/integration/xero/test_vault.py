"""The vault when nothing goes wrong, and when Xero says no."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection as database
from pytest_django import DjangoAssertNumQueries, Settings

from integrations.installation import look
from integrations.models import Grant
from integrations.xero import alerts, vault
from integrations.xero.errors import AccessLost, GrantBusy, Misconfigured, Throttled, Unavailable
from integrations.xero.steps import listening
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds, put
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN_PATH = "/connect/token"


@pytest.fixture
def grant(sandbox: Sandbox, deaths: Deaths) -> Grant:
    return sandbox.grant()


def token_calls(sandbox: Sandbox) -> int:
    return len(sandbox.see("record", path=TOKEN_PATH)["requests"])


def in_threads(count: int, act: Callable[[], str]) -> list[str]:
    """What each of so many workers got at the same moment; "busy" for one sent away."""
    gate, got = threading.Barrier(count), list[str]()

    def work() -> None:
        gate.wait()
        try:
            got.append(act())
        except GrantBusy:
            got.append("busy")
        finally:
            database.close()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_a_token_that_lasts_is_two_queries_and_no_call(
    grant: Grant, sandbox: Sandbox, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Whether this installation may use it at all, and the grant."""
    look()
    before = token_calls(sandbox)
    with django_assert_num_queries(2):
        assert vault.access_token(grant.pk) == grant.access_token
    assert token_calls(sandbox) == before


def test_twenty_workers_and_one_expired_grant_are_one_refresh(grant: Grant, sandbox: Sandbox) -> None:
    expire(grant)
    got = in_threads(20, lambda: vault.access_token(grant.pk))
    assert sandbox.refreshes == 1
    assert len(got) == 20
    assert set(got) <= {again(grant).access_token, "busy"}


def test_a_rejected_token_is_refreshed_once_however_many_saw_it(grant: Grant, sandbox: Sandbox) -> None:
    in_threads(10, lambda: vault.refresh(grant.pk, rejected=grant.access_token))
    assert sandbox.refreshes == 1
    assert vault.refresh(grant.pk, rejected=grant.access_token) == again(grant).access_token
    assert sandbox.refreshes == 1


def test_a_worker_that_decided_on_an_older_token_refreshes_nothing(grant: Grant, sandbox: Sandbox) -> None:
    """Another worker refreshes, from beginning to end, between this one's decision and its claim."""
    before_it = [lambda: vault.access_token(grant.pk)]

    def let_another_go_first(point: str) -> None:
        if point == "vault.decided" and before_it:
            before_it.pop()()

    with listening(let_another_go_first):
        assert vault.access_token(expire(grant).pk) == again(grant).access_token
    assert sandbox.refreshes == 1


def test_the_spent_token_becomes_the_previous_one(grant: Grant) -> None:
    vault.access_token(expire(grant).pk)
    after = again(grant)
    assert after.previous_refresh_token == grant.refresh_token
    assert after.refresh_token != grant.refresh_token
    assert (after.claim, after.in_doubt, after.last_sent_at) == (None, False, None)


def test_a_token_of_a_dead_grant_is_not_handed_out(grant: Grant) -> None:
    put(grant, state=Grant.State.DEAD)
    with pytest.raises(AccessLost):
        vault.access_token(grant.pk)


class TestDeath:
    def test_comes_after_every_stored_token_was_refused(
        self, grant: Grant, sandbox: Sandbox, deaths: Deaths
    ) -> None:
        expire(put(grant, refresh_token="refused-1", previous_refresh_token="refused-2"))
        sandbox.do("record/clear")
        with pytest.raises(AccessLost):
            vault.access_token(grant.pk)
        assert token_calls(sandbox) == 2
        ((told, evidence),) = deaths
        assert told == grant.pk
        assert [entry["said"] for entry in evidence] == ["400 invalid_grant", "400 invalid_grant"]
        assert again(grant).state == Grant.State.DEAD

    def test_does_not_come_while_the_previous_token_works(self, grant: Grant, deaths: Deaths) -> None:
        working = grant.refresh_token
        expire(put(grant, refresh_token="lost", previous_refresh_token=working))
        assert vault.access_token(grant.pk) == again(grant).access_token
        assert again(grant).previous_refresh_token == working
        assert deaths == []

    def test_is_undone_when_its_effect_fails(self, grant: Grant, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError("the connections could not be marked")

        vault.register_death(fail)
        expire(put(grant, refresh_token="refused"))
        with pytest.raises(RuntimeError):
            vault.access_token(grant.pk)
        assert again(grant).state == Grant.State.ALIVE
        assert again(grant).claim is not None


class TestFailure:
    def test_that_certainly_spent_nothing_frees_the_grant(self, grant: Grant, sandbox: Sandbox) -> None:
        sandbox.do("faults", action="answer", path=TOKEN_PATH, status=429, headers={"Retry-After": "7"})
        with pytest.raises(Throttled) as caught:
            vault.access_token(expire(grant).pk)
        assert caught.value.retry_after == 7
        after = again(grant)
        assert (after.claim, after.in_doubt, after.last_sent_at) == (None, False, None)

    def test_of_the_network_before_sending_frees_it_too(self, grant: Grant, settings: Settings) -> None:
        settings.XERO_IDENTITY_URL = "http://127.0.0.1:9"
        with pytest.raises(Unavailable):
            vault.access_token(expire(grant).pk)
        assert again(grant).claim is None

    def test_of_our_own_secret_alerts_the_operator_and_touches_nothing(
        self, grant: Grant, settings: Settings, deaths: Deaths, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []
        monkeypatch.setattr(alerts, "_alerts", [told.append])
        settings.XERO_CLIENT_SECRET = "wrong"
        with pytest.raises(Misconfigured):
            vault.access_token(expire(grant).pk)
        assert told == ["400 invalid_client"]
        assert (again(grant).state, again(grant).claim, deaths) == (Grant.State.ALIVE, None, [])

    def test_cools_down_and_the_next_worker_does_not_ask_xero(self, grant: Grant, sandbox: Sandbox) -> None:
        sandbox.do("faults", action="answer", path=TOKEN_PATH, status=429, times=9)
        with pytest.raises(Throttled):
            vault.access_token(expire(grant).pk)
        calls = token_calls(sandbox)
        with pytest.raises(Unavailable) as caught:
            vault.access_token(grant.pk)
        assert token_calls(sandbox) == calls
        assert caught.value.retry_after is not None

    def test_does_not_outlast_its_cooling_down(self, grant: Grant, sandbox: Sandbox) -> None:
        sandbox.do("faults", action="answer", path=TOKEN_PATH, status=429)
        with pytest.raises(Throttled):
            vault.access_token(expire(grant).pk)
        pass_seconds(grant, 600)
        assert vault.access_token(grant.pk)
        assert (again(grant).failures, again(grant).cool_until) == (0, None)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 502, 503])
    def test_that_says_nothing_known_never_kills(
        self, grant: Grant, sandbox: Sandbox, deaths: Deaths, status: int
    ) -> None:
        sandbox.do("faults", action="answer", path=TOKEN_PATH, status=status, body="<html>sorry</html>")
        with pytest.raises(Unavailable):
            vault.access_token(expire(grant).pk)
        assert (again(grant).state, deaths) == (Grant.State.ALIVE, [])


def test_a_token_that_still_lasts_a_little_is_used_while_another_worker_refreshes(grant: Grant) -> None:
    nearly = put(expire(grant), expires_at=grant.expires_at)
    put(nearly, claim="0b4b1a3e-6f6e-4c5e-9a31-0d8f1d2f7c11", claimed_at=grant.refreshed_at)
    with pytest.raises(GrantBusy):
        vault.refresh(grant.pk, rejected=grant.access_token)
    assert vault.access_token(grant.pk) == grant.access_token
