"""One process of `bench.stateful`: plays every so many-th seed on servers of its own."""

import json
import logging
import os
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from demo.servers import postgres, valkey
from demo.signals import exit_on_sigterm
from tests.environment import FIXED

if TYPE_CHECKING:
    from tests.integration.sync.stateful.tally import Tally

TOLD_EVERY = 50


def stand() -> None:
    """Django, with the settings of a test."""
    os.environ.update(FIXED)
    django.setup()
    logging.disable(logging.CRITICAL)


def tally_of(told: Iterable[Any]) -> "Tally":
    from tests.integration.sync.stateful.tally import Tally  # noqa: PLC0415 - its models need the settings

    whole = Tally()
    for one in told:
        whole.add(Tally.of_json(one))
    return whole


def main(first: str, end: str, step: str, sort: str, show: str, out: str) -> None:
    with ExitStack() as servers:
        os.environ["DATABASE_URL"] = servers.enter_context(postgres(durable=False))
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        stand()
        from bench.stateful_play import play_all  # noqa: PLC0415 - its models need the settings

        tally = play_all(range(int(first), int(end), int(step)), sort == "chaos", show == "aloud", servers)
        Path(out).write_text(json.dumps(tally.as_json()))


if __name__ == "__main__":
    exit_on_sigterm()
    began = time.monotonic()
    main(*sys.argv[1:])
