"""What `bench.beside` measures, once Django stands."""

import random
import statistics
import time
from collections.abc import Callable

from django.db import transaction

from bench.pull_turns import turns
from bench.stage import FREELY, LARGE, SMALL
from bench.workers import workers
from integrations.models import Connection
from released.billing.history import ring
from released.billing.models import Document
from sync.asking import ask_sync
from tests.factories import billing
from tests.factories.portfolio import ContactFactory
from tests.sandbox import Sandbox

PATIENCE = 120.0


def play(sandbox: Sandbox, documents: int, singles: int) -> int:
    sandbox.do("limits", **FREELY)
    sandbox.do("bulk", organisation=LARGE, invoices=documents, lines=3, prerender=True)
    sandbox.sign_in(organisation=LARGE)
    small = sandbox.connection(organisation=SMALL, all_time=True)
    turns(small.pk)
    large = sandbox.connection(organisation=LARGE, grant=small.grant, all_time=True)
    with workers(4):
        ask_sync(large, by=None)
        wait_for(lambda: here(large) > 0)
        took, began, before = [], time.monotonic(), here(large)
        for _ in range(singles):
            took.append(one_invoice(small))
            time.sleep(random.uniform(0.2, 1.5))  # noqa: S311 - no secret
        spent, pulled = time.monotonic() - began, here(large) - before
    print(f"{pulled:,} documents of the other company came here meanwhile, in {spent:.0f} s")
    print(f"{singles} single invoices: median {statistics.median(took):.2f} s, worst {max(took):.2f} s")
    return 0 if pulled else 1


def one_invoice(connection: Connection) -> float:
    with transaction.atomic():
        contact = connection.company.contacts.first() or ContactFactory.create(company=connection.company)
        made = billing.document(connection.company, contact=contact)
        ring(made)
    began = time.monotonic()
    wait_for(lambda: not Document.objects.filter(pk=made.pk, shared_revision=0).exists())
    return time.monotonic() - began


def here(connection: Connection) -> int:
    return Document.objects.filter(company=connection.company).count()


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("nothing came of it")
        time.sleep(0.02)
