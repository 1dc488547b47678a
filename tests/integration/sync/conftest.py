"""A company connected to Harbour View in the sandbox, and turns taken in this process."""

from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import transaction
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document
from sync.asking import ask_sync
from sync.models import Delivery, Schedule
from sync.turn import Next, take_turn
from tests.factories import billing
from tests.sandbox import HARBOUR_VIEW, Sandbox

MOST_TURNS = 40


@pytest.fixture(autouse=True)
def _fresh_allowance() -> None:
    """The sandbox is as good as new for each test, so the calls of the one before do not count."""
    fresh_minute()


def fresh_minute() -> None:
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


@pytest.fixture
def connection(transactional_db: None, sandbox: Sandbox) -> Connection:
    return sandbox.connection()


def sync(connection: Connection, *, patiently: bool = True) -> int:
    """Turns until nothing is due; how many there were. Pauses are cut short unless told otherwise."""
    for count in range(1, MOST_TURNS):
        if patiently:
            Schedule.objects.filter(pk=connection.pk).update(held_until=None)
        if take_turn(connection.pk) is not Next.ANOTHER:
            return count
    raise AssertionError(f"still something to do after {MOST_TURNS} turns")


def ask(connection: Connection) -> int:
    """As Sync now does, in this process."""
    ask_sync(connection, by=None)
    return sync(connection)


@transaction.atomic
def approved(connection: Connection, **fields: Any) -> Document:
    """An approved document of the company, pending."""
    return billing.document(connection.company, **fields)


def in_xero(sandbox: Sandbox, **query: Any) -> list[dict[str, Any]]:
    """What the app has made in Xero, living or not."""
    asked = {"organisation": HARBOUR_VIEW, "from_the_app": 1, "limit": 500} | query
    found: list[dict[str, Any]] = sandbox.see("documents", **asked)["documents"]
    return found


def living(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["status"] not in ("DELETED", "VOIDED")]


def age_deliveries(minutes: float) -> None:
    """As if so much of the database's time had passed since they were sent."""
    moved = timedelta(minutes=minutes)
    Delivery.objects.update(first_sent_at=F("first_sent_at") - moved, last_sent_at=F("last_sent_at") - moved)


def again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)
