"""What `bench.pull` measures, once Django stands."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient, Configuration
from xero_python.api_client.oauth2 import OAuth2Token

from bench.stage import FREELY
from integrations.models import Connection
from integrations.xero import vault
from integrations.xero.http import Line
from released.billing.models import Document
from sync.models import Reconciliation
from tests.sandbox import Sandbox

PAGE = 1000
MOST_MB = 200
READ, COMPARED = "pull.completed.committed", "compare.noted.committed"
Told = dict[str, Any]


def play(sandbox: Sandbox, organisation: str, documents: int, lines: int) -> int:
    """0 if the promises hold: at least as fast as the SDK's parsing, and a small, flat memory."""
    sandbox.do("limits", **FREELY)
    connection = sandbox.connection(organisation=organisation, all_time=True)
    sandbox.do("bulk", organisation=organisation, invoices=documents, lines=lines, prerender=True)
    parsed = parse(connection, sandbox.url, range(1, documents // PAGE + 1, 2))
    told = list(worker(connection.pk))
    more = parse(connection, sandbox.url, range(2, documents // PAGE + 1, 2))
    sdk = (parsed[0] + more[0]) / (parsed[1] + more[1])
    return verdict(connection, told, sdk)


def parse(connection: Connection, url: str, pages: range) -> tuple[int, float]:
    """What the SDK takes for the text of these pages, the text being there already: (documents, seconds)."""
    client = ApiClient(Configuration(), oauth2_token_getter=OAuth2Token)
    finder = AccountingApi(client).get_model_finder()
    rows, took = 0, 0.0
    with Line() as line:
        for number in pages:
            body = page(connection, url, line, number)
            began = time.process_time()
            answer = SimpleNamespace(text=body.decode(), data=body)
            rows += len(client.deserialize(answer, "Invoices", finder).invoices)
            took += time.process_time() - began
    return rows, took


def page(connection: Connection, url: str, line: Line, number: int) -> bytes:
    headers = {
        "Authorization": f"Bearer {vault.access_token(connection.grant_id or 0)}",
        "xero-tenant-id": str(connection.xero_tenant_id),
        "Accept": "application/json",
    }
    address = f"{url}/api.xro/2.0/Invoices?page={number}&pageSize={PAGE}&unitdp=4"
    answer = line.send("GET", address, headers=headers, body=None, deadline=60)
    if answer.status != 200:
        raise RuntimeError(f"the sandbox answered {answer.status}")
    return answer.body


def worker(connection_id: int) -> Iterator[Told]:
    """What the worker tells of itself after each turn."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.pull_worker", str(connection_id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield from map(json.loads, process.stdout or ())


def verdict(connection: Connection, told: list[Told], sdk: float) -> int:
    here = Document.objects.filter(company=connection.company).count()
    pulled, compared = last(told, "first", READ), last(told, "first", COMPARED)
    again = last(told, "manual", READ)
    ours, peak = pulled["read"] / pulled["seconds"], told[-1]["peak"]
    agrees = Reconciliation.objects.filter(connection=connection).earliest("pk").agrees
    print(f"xero-python, parsing alone  {sdk:9,.0f} documents a second of one core")
    print(f"read, decided and stored    {ours:9,.0f} of {pulled['read']:,}; {here:,} are approved and here")
    print(f"  that is                   {ours / sdk:9.2f} times the parsing")
    print(f"compared afterwards         {here / (compared['seconds'] - pulled['seconds']):9,.0f}")
    print(f"read again, nothing changed {again['read'] / (again['seconds'] - compared['seconds']):9,.0f}")
    for count, most in peaks(told):
        print(f"peak memory after {count:9,} {most:9.0f} MB")
    print(f"peak memory, all compared   {compared['peak']:9.0f} MB, and after everything again {peak:.0f} MB")
    print(f"both sides agree            {agrees}")
    return 0 if ours >= sdk and peak < MOST_MB and agrees else 1


def last(told: list[Told], run: str, point: str) -> Told:
    return [one for one in told if one["run"] == run and one["at"] == point][-1]


def peaks(told: list[Told]) -> Iterator[tuple[int, float]]:
    """After the first page, at ten thousand documents, and at each doubling from there."""
    mark = 0
    for one in told:
        if one["read"] >= mark and one["run"] == "first":
            yield one["read"], one["peak"]
            mark = max(10_000, mark * 2)
