"""A person and a worker on one document: whoever comes second waits, and neither is ended by the database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from sync import ambiguity, excluding, redating
from sync.causes import refusal_of
from sync.conflicts import resolve_conflict
from sync.deliveries import settling
from sync.models import Conflict, DocumentLink
from sync.problems import block_document
from sync.pull.known import load
from sync.scope import scope_of
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.integration.sync.test_both_sides import edit, in_sandbox
from tests.sandbox import Sandbox

Act = Callable[[], Any]
SECONDS = 20


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def shared(connection: Connection) -> Document:
    made = approved(connection)
    sync(connection)
    return again(made)


@dataclass
class Meeting:
    """`first` stops where it is about to call `module.name`, until `second` waits for a lock or is done."""

    monkeypatch: pytest.MonkeyPatch

    def of(self, first: Act, second: Act, module: Any, name: str) -> None:
        reached, goes_on = Event(), Event()
        real = getattr(module, name)

        def stop(*given: Any, **named: Any) -> Any:
            reached.set()
            assert goes_on.wait(SECONDS)
            return real(*given, **named)

        self.monkeypatch.setattr(module, name, stop)
        with ThreadPoolExecutor(2) as pool:
            one = pool.submit(_in_thread, first)
            assert reached.wait(SECONDS)
            two = pool.submit(_in_thread, second)
            _until_it_waits(two)
            goes_on.set()
            one.result(SECONDS)
            two.result(SECONDS)


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return Meeting(monkeypatch)


def _in_thread(act: Act) -> None:
    try:
        act()
    finally:
        database.close()


def _until_it_waits(other: "Future[None]") -> None:
    """Asked of the database itself."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    until = monotonic() + SECONDS
    while monotonic() < until and not other.done():
        with database.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)


def page_of(connection: Connection, document: Document) -> Act:
    """What a pull does with a document that it reads: its row, then its link."""

    @transaction.atomic
    def act() -> None:
        link = DocumentLink.objects.get(document=document)
        load(scope_of(connection), [link])
        DocumentLink.objects.filter(pk=link.pk).update(agreed_at=None)

    return act


def test_a_conflict_is_settled_while_an_answer_is(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox, meeting: Meeting
) -> None:
    edit(shared, person, reference="Ours")
    in_sandbox(sandbox, shared, reference="Theirs")
    ask(connection)
    conflict = Conflict.objects.get(resolved_at=None)
    resolve_conflict(conflict, Conflict.Choice.OURS, by=person)

    def once_more() -> None:
        resolve_conflict(conflict, Conflict.Choice.OURS, by=person)

    meeting.of(lambda: sync(connection), once_more, settling, "load")
    assert (again(shared).reference, again(shared).is_pending) == ("Ours", False)


def test_including_meets_a_page(
    connection: Connection, shared: Document, person: User, meeting: Meeting
) -> None:
    excluding.exclude_document(shared, by=person)
    include = lambda: excluding.include_document(shared, by=person)  # noqa: E731 - a door to it
    meeting.of(include, page_of(connection, shared), excluding, "ask_again")
    assert DocumentLink.objects.get(document=shared).excluded_at is None


def test_dating_anew_meets_a_page(connection: Connection, person: User, meeting: Meeting) -> None:
    made = approved(connection)
    link = DocumentLink.objects.create(document=made, connection=connection)
    locked = refusal_of([f"The document date cannot be before the lock date, {made.date.isoformat()}."])
    with transaction.atomic():
        problem = block_document(link, made, made.revision, locked)
    day = made.date + timedelta(days=1)
    meeting.of(
        lambda: redating.redate(problem, day, by=person), page_of(connection, made), redating, "locked"
    )
    assert again(made).date == day


def test_sending_again_meets_a_page(connection: Connection, person: User, meeting: Meeting) -> None:
    made = approved(connection)
    DocumentLink.objects.create(document=made, connection=connection)

    @transaction.atomic
    def edited() -> None:
        Document.objects.select_for_update().get(pk=made.pk)  # as an edit does
        DocumentLink.objects.filter(pk=made.pk).update(agreed_at=None)

    meeting.of(lambda: ambiguity.send_again(made, by=person), edited, ambiguity, "note_event")
    assert again(made).events.filter(what="sent again").exists()
