"""Real worker processes, killed and suspended at every step of a refresh; nothing is ever stranded."""

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from integrations.models import Grant
from integrations.xero import connections, vault
from integrations.xero.errors import XeroError
from integrations.xero.vault.timing import set_timing, timing
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds
from tests.sandbox import Sandbox
from tests.struck_worker import StruckWorker

pytestmark = pytest.mark.django_db(transaction=True)

Start = Callable[..., StruckWorker]

BEFORE_XERO = ["vault.decided", "vault.claimed", "vault.locked", "vault.sending"]
AFTER_XERO = ["token.answered", "vault.answered", "vault.settled", "vault.committed"]
A_MINUTE, TWO_MINUTES = 61, 121


@pytest.fixture
def grant(sandbox: Sandbox, deaths: Deaths) -> Grant:
    return expire(sandbox.grant())


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a worker that asks for a token and is struck at a point; `changed` is its own vault timing."""
    started: list[StruckWorker] = []

    def start(grant: Grant, point: str, signal_number: int, **changed: float) -> StruckWorker:
        def ask() -> str:
            set_timing(replace(timing(), **changed))
            try:
                vault.access_token(grant.pk)
            except XeroError as problem:
                return type(problem).__name__
            return "token"

        started.append(StruckWorker(ask, point, signal_number))
        return started[-1]

    yield start
    for worker in started:
        worker.end()


def works_for_good(grant: Grant, sandbox: Sandbox) -> bool:
    """Healed, used, and refreshed once more after every grace has ended."""
    pass_seconds(grant, A_MINUTE)
    vault.heal_due()
    pass_seconds(grant, TWO_MINUTES)
    vault.heal_due()
    healed = again(grant)
    assert (healed.state, healed.claim, healed.in_doubt) == (Grant.State.ALIVE, None, False)
    if not healed.expires_at or healed.access_token == grant.access_token:
        vault.access_token(grant.pk)
    sandbox.do("clock", shift_seconds=31 * 60)
    token = vault.refresh(grant.pk, rejected=again(grant).access_token)
    return bool(connections.list_for(token))


GRACES = {
    "a repeat gives another token": {},
    "a repeat gives the same token": {"grace_repeats_successor": True},
    "a repeat ends the first one": {"grace_repeat_ends_first": True},
}
every_grace = pytest.mark.parametrize("grace", GRACES.values(), ids=GRACES)


@every_grace
@pytest.mark.parametrize("point", [*BEFORE_XERO, *AFTER_XERO])
def test_a_worker_killed_at_any_step_strands_nothing(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, start: Start, point: str, grace: dict[str, bool]
) -> None:
    sandbox.switch(**grace)
    assert start(grant, point, signal.SIGKILL).killed()
    assert (sandbox.refreshes == 1) == (point in AFTER_XERO)
    assert works_for_good(grant, sandbox)
    assert deaths == []


QUICK = {"idle_limit": 1.0, "pulse_lives": 0.5}


def until_its_lock_is_lost(worker: StruckWorker) -> None:
    worker.wait_until_suspended()
    time.sleep(1.6)


@pytest.mark.parametrize("point", ["vault.locked", "vault.sending"])
def test_a_worker_suspended_before_it_asks_sends_nothing_when_it_wakes(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, start: Start, point: str
) -> None:
    worker = start(grant, point, signal.SIGSTOP, **QUICK)
    until_its_lock_is_lost(worker)
    pass_seconds(grant, A_MINUTE)
    assert vault.access_token(grant.pk)
    assert sandbox.refreshes == 1
    assert worker.wake() in ("GrantBusy", "token")
    assert sandbox.refreshes == 1
    assert works_for_good(grant, sandbox)
    assert deaths == []


@every_grace
@pytest.mark.parametrize("point", ["token.answered", "vault.answered"])
def test_a_worker_suspended_with_the_answer_in_hand_puts_the_grant_in_doubt(
    grant: Grant, sandbox: Sandbox, deaths: Deaths, start: Start, point: str, grace: dict[str, bool]
) -> None:
    sandbox.switch(**grace)
    worker = start(grant, point, signal.SIGSTOP, **QUICK)
    until_its_lock_is_lost(worker)
    assert worker.wake() == "GrantBusy"
    assert again(grant).in_doubt
    assert works_for_good(grant, sandbox)
    assert deaths == []


def test_a_worker_suspended_between_claim_and_lock_finds_its_claim_taken_over(
    grant: Grant, sandbox: Sandbox, start: Start
) -> None:
    worker = start(grant, "vault.claimed", signal.SIGSTOP)
    worker.wait_until_suspended()
    pass_seconds(grant, A_MINUTE)
    token = vault.access_token(grant.pk)
    assert worker.wake() == "token"
    assert again(grant).access_token == token
    assert sandbox.refreshes == 1


def test_a_worker_that_slept_too_long_on_its_own_claim_does_not_go_on(
    grant: Grant, sandbox: Sandbox, start: Start
) -> None:
    worker = start(grant, "vault.claimed", signal.SIGSTOP)
    worker.wait_until_suspended()
    pass_seconds(grant, 30)
    assert worker.wake() == "GrantBusy"
    assert sandbox.refreshes == 0
    assert works_for_good(grant, sandbox)
