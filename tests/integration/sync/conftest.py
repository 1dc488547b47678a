"""A company connected to Harbour View in the sandbox, and turns taken in this process."""

from typing import Any

import pytest
from django.db import transaction

from integrations.models import Connection
from released.billing.models import Document
from sync.asking import ask_sync
from sync.models import Schedule
from sync.turn import Next, take_turn
from tests.factories import billing
from tests.sandbox import Sandbox

MOST_TURNS = 40


@pytest.fixture
def connection(transactional_db: None, sandbox: Sandbox) -> Connection:
    return sandbox.connection()


def sync(connection: Connection, *, patiently: bool = True) -> int:
    """Turns until nothing is due; how many there were. Pauses are cut short unless told otherwise."""
    for count in range(1, MOST_TURNS):
        if patiently:
            Schedule.objects.filter(pk=connection.pk).update(held_until=None)
        if take_turn(connection.pk) is Next.NOTHING:
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
