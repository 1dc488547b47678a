"""What `bench.upheaval` does and how it judges, once Django stands."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection as database_connection
from django.db import transaction
from django.db.models import F

from bench.upheaval_processes import Database, Workers
from integrations.models import Connection
from released.billing.models import Document
from sync.models import Conflict, Delivery, Problem, Reconciliation, Run
from tests.factories import billing
from tests.factories.portfolio import ContactFactory
from tests.sandbox import Sandbox, running

ORGANISATION = "Castlegate Estates Ltd"
SHARES = (0.2, 0.5, 0.8)
PATIENCE = 1800.0  # seconds, for the slowest machine
CATCH = 30.0
LATENCY = 250  # milliseconds of every call, as from afar: calls are then really interrupted


class Play:
    """One run: populate both sides, sync, three upheavals, judge."""

    def __init__(self, database: Database, workers: Workers, servers: ExitStack) -> None:
        self.database, self.workers = database, workers
        call_command("migrate", verbosity=0)
        self.sandbox = servers.enter_context(running())
        use(self.sandbox)
        self.sandbox.do("limits", enabled=False, latency_ms=LATENCY)

    def run(self, documents: int) -> int:
        connection = populate(self.sandbox, documents)
        began = time.monotonic()
        self.workers.start()
        for share in SHARES:
            reached = wait(lambda least=share: agreed(connection) >= least * documents)  # type: ignore[misc]
            print(f"{time.monotonic() - began:.0f} s: {agreed(connection)} of {documents} agreed", flush=True)
            if not reached:
                break
            catch_a_write(connection)
            self.upheave()
        wait(lambda: is_done(connection, documents))
        print(f"{time.monotonic() - began:.0f} s: {agreed(connection)} of {documents} agreed", flush=True)
        self.workers.kill()
        wrong = list(judge(self.sandbox, connection, documents))
        print(*told(self.sandbox, connection), *wrong[:20], f"wrong: {len(wrong)}", sep="\n", flush=True)
        return int(bool(wrong))

    def upheave(self) -> None:
        """Everything at once, and all of it started again."""
        self.workers.kill()
        redis.Redis.from_url(settings.REDIS_URL).flushall()
        self.database.crash()
        database_connection.close()
        self.database.start()
        self.workers.start()


def use(sandbox: Sandbox) -> None:
    for name in ("XERO_LOGIN_URL", "XERO_IDENTITY_URL", "XERO_API_URL"):
        os.environ[name] = sandbox.url
        setattr(settings, name, sandbox.url)


def populate(sandbox: Sandbox, documents: int) -> Connection:
    """About half of them in Xero, the others here and pending."""
    sandbox.do("bulk", organisation=ORGANISATION, invoices=documents * 2 // 3, lines=2)
    connection = sandbox.connection(organisation=ORGANISATION, all_time=True)
    contact = ContactFactory.create(company=connection.company)
    with transaction.atomic():
        for place in range(documents - len(shared_rows(sandbox, documents))):
            lines = (billing.line(str(Decimal(100) + place * Decimal("0.37"))),)
            billing.document(connection.company, contact=contact, lines=lines, reference=f"ours {place}")
    return connection


def shared_rows(sandbox: Sandbox, documents: int) -> list[dict[str, Any]]:
    """What Xero has and what belongs here too: drafts and what has ended there does not."""
    asked = {"organisation": ORGANISATION, "limit": 10 * documents}
    rows = sandbox.see("documents", **asked)["documents"]
    return [row for row in rows if row["status"] in ("AUTHORISED", "PAID")]


def wait(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.5)
    return False


def catch_a_write(connection: Connection) -> bool:
    """Until a call that writes is on its way, so that its answer is lost with everything else."""
    until = time.monotonic() + CATCH
    while time.monotonic() < until:
        if Delivery.objects.filter(connection=connection, state=Delivery.State.OPEN, sends__gt=0).exists():
            return True
    return False


def agreed(connection: Connection) -> int:
    rows = Document.objects.filter(company=connection.company_id)
    return rows.filter(revision=F("shared_revision")).count()


def is_done(connection: Connection, documents: int) -> bool:
    """Nothing is under way, and the two sides were compared after the last of it."""
    under_way = Run.objects.filter(connection=connection, ended_at=None)
    open_ones = Delivery.objects.filter(connection=connection, state=Delivery.State.OPEN)
    compared = Reconciliation.objects.filter(connection=connection, ended_at__isnull=False)
    is_quiet = not under_way.exists() and not open_ones.exists() and compared.exists()
    return is_quiet and agreed(connection) >= documents


def judge(sandbox: Sandbox, connection: Connection, documents: int) -> Iterator[str]:
    """What is wrong, by the sandbox's own state and record."""
    rows = shared_rows(sandbox, documents)
    ours = list(Document.objects.filter(company=connection.company_id).select_related("link"))
    if (len(rows), len(ours)) != (documents, documents):
        yield f"{len(rows)} in Xero and {len(ours)} here, not {documents}"
    yield from (f"twice in Xero: {double}" for double in sandbox.see("record")["doubles"])
    numbers = Counter(row["number"] for row in rows)
    yield from (f"{count} times in Xero: {number}" for number, count in numbers.items() if count > 1)
    yield from differences(ours, {row["id"]: row for row in rows})
    for model, closed in ((Problem, "closed_at"), (Conflict, "resolved_at")):
        yield from (
            f"left: {one}" for one in model.objects.filter(**{"connection": connection, closed: None})
        )


def differences(ours: list[Document], rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    for document in ours:
        row = rows.get(str(document.link.xero_id)) if hasattr(document, "link") else None
        there = row and (row["number"], row["reference"] or "", row["status"], Decimal(str(row["total"])))
        here = (document.number, document.reference, document.status, document.total)
        if there != here:
            yield f"here {here}, in Xero {there}"


def told(sandbox: Sandbox, connection: Connection) -> Iterator[str]:
    rows = Delivery.objects.filter(connection=connection)
    states = Counter(rows.values_list("state", flat=True))
    again, lost = rows.filter(sends__gt=1).count(), rows.filter(outcome__lost=True).count()
    yield f"upheavals: {len(SHARES)}; deliveries: {dict(states)}, sent again {again}, looked up {lost}"
    writes = [row for row in sandbox.see("record", last=100_000)["requests"] if row["method"] == "PUT"]
    yield f"creating calls: {len(writes)}, of them under a key used before {len(writes) - _keys(writes)}"


def _keys(writes: list[dict[str, Any]]) -> int:
    return len({row["idempotency_key"] for row in writes})
