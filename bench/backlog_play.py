"""What `bench.backlog` measures, once Django stands."""

import time
from datetime import datetime, timedelta
from typing import Any

from bench.calls_play import change_invoices
from bench.pull_turns import turns
from bench.stage import FREELY, LARGE
from bench.workers import workers
from released.billing.models import Document
from sync.allowance import MINUTE, RESERVES
from sync.models import Schedule
from sync.pending import to_send
from tests.sandbox import Sandbox

ALLOWED = MINUTE - RESERVES[0]
GOAL = 0.98
AS_XERO = {"minute": MINUTE, "day": 5_000, "app_minute": 10_000, "fresh": True}


def play(sandbox: Sandbox, edits: int, count: int, minutes: int) -> int:
    sandbox.do("limits", **FREELY)
    connection = sandbox.connection(organisation=LARGE, all_time=True)
    sandbox.do("bulk", organisation=LARGE, invoices=edits * 5 // 3, lines=3, prerender=True)
    turns(connection.pk)
    change_invoices(connection)
    waiting = to_send(connection).count()
    Schedule.objects.filter(pk=connection.pk).update(gap_mark="before the reconnection")
    sandbox.do("limits", **AS_XERO)
    time.sleep(61)  # the calls of the first sync are to be out of every minute
    sandbox.do("record/clear")
    with workers(count):
        time.sleep(minutes * 60 + 30)
    left = to_send(connection).count()
    print(
        f"{waiting:,} edits waited, {waiting - left:,} of them sent; {Document.objects.count():,} documents"
    )
    return told(sandbox.see("record", last=100_000)["requests"], minutes)


def told(rows: list[dict[str, Any]], minutes: int) -> int:
    calls = [row for row in rows if "/api.xro" in row["path"]]
    moments = [datetime.fromisoformat(row["at"]) for row in calls]
    refused = sum(row["status"] == 429 for row in calls)
    for number in range(minutes):
        start = moments[0] + timedelta(minutes=number)
        made = sum(start <= moment < start + timedelta(minutes=1) for moment in moments)
        print(f"  minute {number + 1}: {made} calls")
    end = moments[0] + timedelta(minutes=minutes)
    share = sum(moment < end for moment in moments) / (ALLOWED * minutes)
    print(f"{share:.1%} of the background’s {ALLOWED} calls a minute; {refused} calls refused")
    return 0 if share >= GOAL and not refused else 1
