"""Random sequences on real PostgreSQL and the sandbox process; STATEFUL_SEQUENCES asks for more of them."""

import logging
import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from tests.integration.sync.stateful.machine import Books
from tests.integration.sync.stateful.tally import Tally
from tests.sandbox import Sandbox

FEW = 8
ASKED = int(os.environ.get("STATEFUL_SEQUENCES", FEW))


@pytest.mark.timeout(600 if ASKED == FEW else 0)
def test_every_sequence_ends_in_agreement_or_says_why_not(
    transactional_db: None, sandbox: Sandbox, settings: Settings
) -> None:
    settings.DEBUG = True  # so that our calendar can be shifted
    logging.getLogger().setLevel(logging.WARNING)
    tally = Tally()
    machine = type("Drawn", (Books,), {"sandbox": sandbox, "tally": tally})
    try:
        run_state_machine_as_test(machine, settings=profile(ASKED))
    finally:
        print(tally.told())
    assert not tally.not_owed


def profile(sequences: int) -> settings:
    """The same few in every run; freely drawn when more are asked for. Not shrunk: that takes hours here."""
    return settings(
        max_examples=sequences, stateful_step_count=20, deadline=None, database=None,
        derandomize=sequences == FEW, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )  # fmt: skip
