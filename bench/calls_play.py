"""What `bench.calls` measures, once Django stands."""

import resource
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connections as databases
from django.db import transaction

from integrations.models import Connection
from integrations.xero.client import open_client
from released.billing.models import Document
from sync.allowance import Allowance
from sync.asking import ask_sync
from sync.gate import Gate
from sync.models import Schedule
from sync.turn import Next, take_turn
from tests.factories import billing
from tests.sandbox import Sandbox, running

LARGE, SMALL, WRITER = "Castlegate Estates Ltd", "Mill Lane Properties Ltd", "Quayside Lettings Ltd"
SINGLES = 12


def play(documents: int, lines: int, servers: ExitStack) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    sandbox = servers.enter_context(running())
    settings.XERO_LOGIN_URL = settings.XERO_IDENTITY_URL = settings.XERO_API_URL = sandbox.url
    sandbox.do("limits", enabled=False)
    for organisation in (SMALL, WRITER):
        sandbox.sign_in(organisation=organisation)
    grant = sandbox.grant(organisation=LARGE)
    large = sandbox.connection(organisation=LARGE, grant=grant, all_time=True)
    sandbox.do("bulk", organisation=LARGE, invoices=documents, lines=lines, prerender=True)
    yield parsing(large)
    yield pulling(sandbox, large)
    yield creating(sandbox, large, documents)
    yield beside(sandbox, large)


def parsing(connection: Connection) -> str:
    """What xero-python alone takes for the same pages, in processor time of this process."""
    began, rows, page = time.process_time(), 0, 1
    gate = Gate(Allowance(connection.xero_tenant_id, for_person=True))  # type: ignore[arg-type]
    with open_client(connection, gate=gate) as books:
        while True:
            gate.lease_until = time.monotonic() + 60
            fresh_minute()
            found = books.list("Invoices", page=page, page_size=1000).records
            rows, page = rows + len(found), page + 1
            if len(found) < 1000:
                break
    took = time.process_time() - began
    return f"our client only reading the pages: {rows} documents, {rows / took:,.0f} a second of one core"


def pulling(sandbox: Sandbox, connection: Connection) -> str:
    sandbox.do("record/clear")
    began = time.process_time()
    turns = sync(connection)
    took, count = time.process_time() - began, Document.objects.filter(company=connection.company).count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"pulled, {count} of them approved, and compared in {turns} turns, {calls(sandbox)}; "
        f"{count / took:,.0f} a second of one core; peak memory {peak:.0f} MB"
    )


def creating(sandbox: Sandbox, large: Connection, count: int) -> str:
    connection = sandbox.connection(organisation=WRITER, grant=large.grant, all_time=True)
    sync(connection)
    first = made(connection)
    for _ in range(count - 1):
        made(connection, contact=first.contact)
    sandbox.do("record/clear")
    sync(connection)
    return f"created {count}: {calls(sandbox)}"


def beside(sandbox: Sandbox, large: Connection) -> str:
    """Single invoices of a small company, each until Xero has it, while the large one pulls."""
    small = sandbox.connection(organisation=SMALL, grant=large.grant, all_time=True)
    sync(small)
    Schedule.objects.filter(pk=large.pk).update(pulled_at=None)
    large.places.all().delete()
    over, took = threading.Event(), []
    other = threading.Thread(target=keep_pulling, args=(large, over))
    other.start()
    for _ in range(SINGLES):
        began = time.monotonic()
        one = made(small)
        while Document.objects.filter(pk=one.pk, shared_revision=0).exists():
            take_turn(small.pk)
        took.append(time.monotonic() - began)
    over.set()
    other.join()
    middle, worst = statistics.median(took), max(took)
    return f"a single invoice beside a large pull: median {middle:.2f} s, worst {worst:.2f} s"


def keep_pulling(connection: Connection, over: threading.Event) -> None:
    while not over.is_set():
        fresh_minute()
        if take_turn(connection.pk) is Next.NOTHING:
            ask_sync(connection, by=None)
            connection.places.all().delete()
    databases.close_all()


def sync(connection: Connection) -> int:
    """Turns until nothing is due; the minute is always fresh, since calls are counted and not waited for."""
    turns = 1
    while True:
        fresh_minute()
        Schedule.objects.filter(pk=connection.pk).update(held_until=None)
        if take_turn(connection.pk) is Next.NOTHING and Schedule.objects.filter(
            pk=connection.pk, held_until=None
        ):
            return turns
        turns += 1


@transaction.atomic
def made(connection: Connection, **fields: object) -> Document:
    return billing.document(connection.company, **fields)  # type: ignore[arg-type]


def calls(sandbox: Sandbox) -> str:
    rows = [row for row in sandbox.see("record", last=100_000)["requests"] if "/api.xro" in row["path"]]
    writes = sum(row["method"] != "GET" for row in rows)
    return f"{len(rows)} calls ({len(rows) - writes} reads, {writes} writes)"


def fresh_minute() -> None:
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
