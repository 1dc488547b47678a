"""The sequences of one worker of `bench.stateful`, once Django stands."""

import gc
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.integration.sync.stateful.drawing import draw
from tests.integration.sync.stateful.playing import play
from tests.integration.sync.stateful.tally import Tally
from tests.sandbox import running

TOLD_EVERY = 25
ENOUGH_WRONG = 40


def play_all(seeds: Sequence[int], chaos: bool, aloud: bool, servers: ExitStack) -> Tally:
    call_command("migrate", verbosity=0)
    sandbox = servers.enter_context(running())
    settings.XERO_LOGIN_URL = settings.XERO_IDENTITY_URL = settings.XERO_API_URL = sandbox.url
    servers.enter_context(
        mock.patch("sync.receivers.ask")
    )  # every bell is lost: what is due is found by queries
    servers.enter_context(mock.patch.object(DatabaseWrapper, "queries_logged", new=False))
    tally, began = Tally(), time.monotonic()
    gc.freeze()
    gc.disable()
    for number, seed in enumerate(seeds, start=1):
        drawn = draw(seed, chaos=chaos)
        if aloud:
            print(*drawn, sep="\n")
        for said in play(sandbox, tally, seed, drawn):
            print(f"seed {seed}: {said}", file=sys.stderr, flush=True)
        gc.collect()
        if number % TOLD_EVERY == 0:
            each = (time.monotonic() - began) / number
            print(f"{number} of {len(seeds)}, {each:.2f} s each, wrong {len(tally.wrong)}", flush=True)
        if len(tally.wrong) >= ENOUGH_WRONG:
            break
    connection.close()
    return tally
