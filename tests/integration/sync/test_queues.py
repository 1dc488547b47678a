"""A real worker takes what people wait for before a long line of background turns, and keeps none aside."""

import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings

from released.celery import app
from sync import tasks
from sync.tasks import ring_due, sync_now, turn
from sync.turn import Next

LOG, GO = "test:turns", "test:go"
LINE, PERSON = 12, 99
SECONDS = 60


def server() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL)


def slowly(connection_id: int) -> Next:
    """In the worker: a turn that lasts until the test lets it end."""
    server().rpush(LOG, connection_id)
    server().blpop([GO], timeout=SECONDS)
    return Next.NOTHING


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that serves both queues as the operator's does; forked, since a fresh one takes seconds."""
    server().flushdb()
    monkeypatch.setattr(tasks, "take_turn", slowly)
    monkeypatch.setattr(tasks, "is_awaited", lambda _: True)
    child = os.fork()
    if child == 0:
        _serve()
    yield
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    server().flushdb()


def _serve() -> None:
    try:
        warnings.simplefilter("ignore")
        app.Worker(queues="interactive,background", pool="solo", without_mingle=True, quiet=True).start()
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(0)


def begun(count: int) -> list[int]:
    """The turns that have begun, once there are so many."""
    found: list[int] = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = [int(one) for one in server().lrange(LOG, 0, -1)]
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"only {found} began")


def end_one() -> None:
    server().rpush(GO, 1)


def test_a_person_is_served_before_a_long_line(worker: None) -> None:
    for large in range(LINE):
        turn.delay(large)
    assert begun(1) == [0]
    sync_now.apply_async(args=[PERSON], queue=tasks.PERSON)
    end_one()
    assert begun(2) == [0, PERSON]
    end_one()
    assert begun(3) == [0, PERSON, 1]


def test_a_worker_that_was_told_of_no_queue_serves_both() -> None:
    assert list(app.amqp.Queues(app.conf.task_queues).consume_from) == ["interactive", "background"]
    for name in ("interactive", "background"):
        assert app.amqp.router.route({"queue": name}, "any")["queue"].routing_key == name


def test_beats_rounds_do_not_stand_in_line_behind_backlogs() -> None:
    for task in (ring_due.name, "integrations.heal_grants", "notifications.send_due", sync_now.name):
        assert app.amqp.router.route({}, task)["queue"].name == "interactive"
    assert app.amqp.router.route({}, turn.name)["queue"].name == "background"
