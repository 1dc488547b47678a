"""Real worker processes killed or suspended at a named point."""

import json
import signal
from collections import Counter
from dataclasses import dataclass

from django.db import Error
from django.db import connection as database

from integrations.xero import steps
from sync.models import Lease
from tests.integration.sync.stateful.turning import beat
from tests.integration.sync.stateful.world import World
from tests.struck_worker import StruckWorker

# What the database does itself to a session that idles in a transaction; here without the wait.
END_IDLE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
"""


@dataclass
class Sleeper:
    """A suspended worker, the point at which it stands, for how long, and the lease's fence when it did."""

    worker: StruckWorker
    point: str
    seconds: float
    fence: int


def work(world: World) -> str:
    """One worker's turn, as JSON: what it came to, and the points that it passed."""
    passed: Counter[str] = Counter()
    with steps.listening(lambda point: passed.update([point])):
        try:
            came_to = str(beat(world).value)
        except Error as problem:
            came_to = f"its session was ended: {type(problem).__name__}"
    return json.dumps({"came_to": came_to, "passed": passed})


def kill(world: World, point: str, nth: int) -> bool:
    """A worker dies at its n-th passing of the point, if it gets there. Its lease stays held."""
    worker = StruckWorker(lambda: work(world), point, signal.SIGKILL, nth=nth)
    was_killed = worker.killed()
    if was_killed:
        world.tally.struck[f"killed at {point}"] += 1
        world.tally.reached(point)
    else:
        _hear(world, worker.said(), point)
    worker.end()
    return was_killed


def suspend(world: World, point: str, seconds: int) -> Sleeper | None:
    """A worker stands still at the point, if it gets there."""
    worker = StruckWorker(lambda: work(world), point, signal.SIGSTOP, sleeps=seconds)
    if not worker.is_suspended():
        _hear(world, worker.said(), point)
        worker.end()
        return None
    world.tally.struck[f"suspended at {point}"] += 1
    return Sleeper(worker, point, seconds, _fence(world))


def outlast(world: World, sleeper: Sleeper) -> None:
    """The time for which it stands still goes by on every clock; no transaction stays open so long."""
    with database.cursor() as cursor:
        cursor.execute(END_IDLE)
    world.pass_time(sleeper.seconds)


def wake(world: World, sleeper: Sleeper) -> None:
    """It goes on, so many seconds late by its own clocks."""
    is_late = _fence(world) > sleeper.fence
    _hear(world, sleeper.worker.wake(), sleeper.point)
    sleeper.worker.end()
    world.tally.paths["woke up to an old fence" if is_late else "woke up in time"] += 1


def _fence(world: World) -> int:
    return Lease.objects.values_list("fence", flat=True).get(pk=world.connection.pk)


def _hear(world: World, said: str, point: str) -> None:
    if not said:
        world.wrong.append(f"the worker for {point} failed; its own words are above")
    world.tally.paths.update(json.loads(said or "{}").get("passed", {}))
