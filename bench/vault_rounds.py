"""The rounds of `bench.vault`, once Django stands."""

import random
import signal
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from integrations.models import Grant
from integrations.xero import connections, vault
from integrations.xero.errors import XeroError
from released import clock
from tests.sandbox import running
from tests.struck_worker import StruckWorker

AFTER_XERO = ["token.answered", "vault.answered", "vault.settled"]
CLAIM_TIMES = ("claimed_at", "first_claimed_at", "last_sent_at", "cool_until")
A_MINUTE, TWO_MINUTES, PAST_THE_GRACE = 61, 121, 31 * 60


@dataclass
class Count:
    """`refreshes`: how often so many calls were made in a round, e.g. "calm: 1"."""

    refreshes: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    deaths: int = 0
    stranded: int = 0

    @property
    def is_good(self) -> bool:
        single = all(name == "calm: 1" for name in self.refreshes if name.startswith("calm"))
        return single and not self.deaths and not self.stranded


def play(rounds: int, workers: int, servers: ExitStack) -> Count:
    call_command("migrate", verbosity=0)
    sandbox = servers.enter_context(running())
    settings.XERO_LOGIN_URL = settings.XERO_IDENTITY_URL = settings.XERO_API_URL = sandbox.url
    vault.register_death(lambda grant, evidence: None)
    count, grant = Count(), sandbox.grant()
    for number in range(rounds):
        kills = number % 2 == 1
        before = sandbox.refreshes
        Grant.objects.update(expires_at=clock.now() - timedelta(minutes=1))
        count.kills += crowd(grant, workers, random.choice(AFTER_XERO) if kills else "nowhere")  # noqa: S311
        if kills:
            heal()
            sandbox.do("clock", shift_seconds=PAST_THE_GRACE)
        count.refreshes[f"{'killed' if kills else 'calm'}: {sandbox.refreshes - before}"] += 1
        judge(grant, count)
    connection.close()
    return count


def crowd(grant: Grant, workers: int, point: str) -> int:
    """All at once; whoever reaches the point is killed there. How many were."""

    def ask() -> str:
        try:
            return vault.access_token(grant.pk)[:8]
        except XeroError as problem:
            return type(problem).__name__

    started = [StruckWorker(ask, point, signal.SIGKILL) for _ in range(workers)]
    killed = sum(worker.killed() for worker in started)
    for worker in started:
        worker.end()
    return killed


def heal() -> None:
    """As beat does, a minute later and when every request must have landed."""
    for seconds in (A_MINUTE, TWO_MINUTES):
        Grant.objects.update(**{name: F(name) - timedelta(seconds=seconds) for name in CLAIM_TIMES})
        vault.heal_due()


def judge(grant: Grant, count: Count) -> None:
    """Nobody revoked anything, so the grant must live and its next token must work."""
    count.deaths += Grant.objects.get(pk=grant.pk).state == Grant.State.DEAD
    try:
        vault.using(grant.pk, connections.list_for)
    except XeroError:
        count.stranded += 1
