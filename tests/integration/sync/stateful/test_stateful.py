"""Random sequences on real PostgreSQL and the sandbox process; `python -m bench.stateful` plays thousands."""

import logging

import pytest
from pytest_django import Settings

from tests.integration.sync.stateful.drawing import draw
from tests.integration.sync.stateful.playing import play
from tests.integration.sync.stateful.tally import Tally
from tests.sandbox import Sandbox

SEEDS = range(8)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_sequence_ends_in_agreement_or_says_why_not(
    transactional_db: None, sandbox: Sandbox, settings: Settings, seed: int
) -> None:
    settings.DEBUG = True  # so that our calendar can be shifted
    logging.getLogger().setLevel(logging.WARNING)
    tally = Tally()
    wrong = play(sandbox, tally, seed, draw(seed))
    assert not wrong, tally.told()
    assert not tally.not_owed, tally.told()
