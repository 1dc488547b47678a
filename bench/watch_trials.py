"""The trials of `bench.watch`, once Django stands."""

import random
import statistics
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections as databases
from django.test import Client
from django.urls import reverse

from integrations.app_list import app_list
from integrations.models import Connection, Episode, Grant
from integrations.pacing import interval
from integrations.watch import watch_connections
from integrations.xero import vault
from integrations.xero.connections import list_for
from released.accounts.models import User
from released.clock import now
from released.portfolio.models import Company
from tests.factories.cast import Cast, assemble
from tests.sandbox import DANIEL, Sandbox, running

APP_MINUTE = 10_000  # docs/xero.md D1
BANNER = b'data-testid="reconnect-banner"'
GIVE_UP = 120.0


@dataclass
class Count:
    """What was measured; seconds and bytes."""

    connections: int
    listed: int = 0
    size: int = 0
    seconds: list[float] = field(default_factory=list)
    rounds: list[float] = field(default_factory=list)
    calls: int = 0
    watched: float = 0.0
    false_alarms: int = 0

    @property
    def is_good(self) -> bool:
        return max(self.seconds) < 60 and not self.false_alarms

    def told(self) -> str:
        every = interval(self.size, float(settings.WATCH_EVERY))
        a_minute, a_day = self.calls * 60 / self.watched, 86_400 / every * self.size
        middle, longest = statistics.median(self.seconds), max(self.seconds)
        lines = [
            f"{self.connections:,} connections of ours, {self.listed:,} in the list: {self.size:,} bytes",
            f"to the banner in {len(self.seconds)} trials: median {middle:.1f} s, longest {longest:.1f} s",
            f"one round: median {statistics.median(self.rounds):.2f} s; one every {every:.0f} s",
            f"calls a minute, confirming included: {a_minute:.1f}, {a_minute / APP_MINUTE:.3%} of the app's",
            f"bytes a day: {a_day / 1e6:,.0f} MB; a month of 30 days: {a_day * 30 / 1e9:,.1f} GB",
            f"false alarms: {self.false_alarms}",
        ]
        return "\n".join(lines)


def play(trials: int, many: int, servers: ExitStack) -> Count:
    call_command("migrate", verbosity=0)
    cache.clear()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    sandbox = servers.enter_context(running())
    settings.XERO_LOGIN_URL = settings.XERO_IDENTITY_URL = settings.XERO_API_URL = sandbox.url
    cast, count = assemble(), Count(many)
    ours = populate(sandbox, cast, many)
    listing = app_list()
    count.listed, count.size = len(listing.ids), listing.size
    sandbox.do("record/clear")
    ring(sandbox, cast, ours, trials, count)
    return count


def populate(sandbox: Sandbox, cast: Cast, many: int) -> list[UUID]:
    """So many companies of one account, all connected with one person's permission."""
    grant = sandbox.grant()
    sandbox.do("connections", user=DANIEL, count=many)
    rows = vault.using(grant.pk, list_for)[:many]
    companies = Company.objects.bulk_create(
        Company(account=cast.account, name=f"{row.name} {place}") for place, row in enumerate(rows)
    )
    Connection.objects.bulk_create(
        connected(company, grant, row.xero_tenant_id, row.id, cast.admin)
        for company, row in zip(companies, rows, strict=True)
    )
    return [row.id for row in rows]


def connected(company: Company, grant: Grant, organisation: UUID, row: UUID, by: User) -> Connection:
    return Connection(
        company=company, grant=grant, state=Connection.State.CONNECTED, xero_tenant_id=organisation,
        xero_connection_id=row, organisation_name=company.name, connected_by=by, connected_at=now(),
        heard_at=now(), sync_from=date(2026, 1, 1), probe_due_at=now().replace(year=now().year + 1),
    )  # fmt: skip


def ring(sandbox: Sandbox, cast: Cast, ours: list[UUID], trials: int, count: Count) -> None:
    """The trials, while another thread is beat and worker."""
    over = threading.Event()
    beat = threading.Thread(target=watch, args=(over, count))
    began = time.monotonic()
    beat.start()
    try:
        for place in range(trials):
            count.seconds.append(trial(sandbox, cast, str(ours[place])))
            count.false_alarms += Connection.objects.filter(state=Connection.State.REVOKED).count() != 1
            put_right()
    finally:
        over.set()
        beat.join()
    count.watched = time.monotonic() - began
    count.calls = len(sandbox.see("record", last=100_000)["requests"])


def watch(over: threading.Event, count: Count) -> None:
    while not over.is_set():
        began = time.monotonic()
        watch_connections()
        took = time.monotonic() - began
        if took > 0.05:  # a ring that came too soon rests, and is no round
            count.rounds.append(took)
        over.wait(max(0.0, settings.WATCH_EVERY - took))
    databases.close_all()


def trial(sandbox: Sandbox, cast: Cast, row: str) -> float:
    """Seconds from the removal in Xero to the first page with a banner."""
    person = Client()
    person.force_login(cast.admin, backend="django.contrib.auth.backends.ModelBackend")
    time.sleep(random.uniform(0, settings.WATCH_EVERY * 2))  # noqa: S311 - any moment of beat's
    sandbox.do("disconnect-app", connection_id=row)
    began = time.monotonic()
    while time.monotonic() - began < GIVE_UP:
        if BANNER in person.get(reverse("reminders", args=[cast.castlegate.pk])).content:
            return time.monotonic() - began
        time.sleep(0.25)
    return GIVE_UP


def put_right() -> None:
    """As if it had been put right, so that the next trial begins without a banner."""
    Connection.objects.filter(state=Connection.State.REVOKED).update(state=Connection.State.DISCONNECTED)
    Episode.objects.filter(closed_at__isnull=True).update(closed_at=now())
