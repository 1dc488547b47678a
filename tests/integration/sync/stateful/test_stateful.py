"""Random sequences on real PostgreSQL and the sandbox process; `python -m bench.stateful` plays thousands."""

import logging

import pytest
from pytest_django import Settings

from tests.integration.sync.stateful.drawing import LEADS, STRIKES, draw
from tests.integration.sync.stateful.playing import play
from tests.integration.sync.stateful.tally import Tally
from tests.sandbox import Sandbox

# One of each sort of weather; the rest of each sequence is drawn at random, and always the same.
WEATHER = (
    ("fault", "answer lost: PUT /Invoices"),
    ("fault", "answer lost: POST /Invoices"),
    ("fault", "dropped before handling: PUT /CreditNotes"),
    ("fault", "answer cut short: PUT /Contacts"),
    ("fault", "429: PUT /Invoices"),
    ("fault", "500: POST /CreditNotes"),
    ("fault", "503: PUT /Invoices"),
    ("fault", "read dropped"),
    ("token fault", "token answer lost"),
)
CHAOS = (
    ("kill", "push.settle.before_commit"),
    ("kill", "pull.page.before_commit"),
    ("suspend", "push.sent"),
    ("suspend", "push.saved.before_commit"),
)


def struck(act: str, word: str, tally: Tally) -> int:
    """How often it really happened in what was played."""
    if act.endswith("fault"):
        return tally.faults[word]
    return tally.struck[f"{'killed' if act == 'kill' else 'suspended'} at {word}"]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("act", "word"), [*WEATHER, *CHAOS])
def test_every_sequence_ends_in_agreement_or_says_why_not(
    transactional_db: None, sandbox: Sandbox, settings: Settings, act: str, word: str
) -> None:
    settings.DEBUG = True  # so that our calendar can be shifted
    logging.getLogger().setLevel(logging.WARNING)
    chaos, tally = (act, word) in CHAOS, Tally()
    seed = (STRIKES if chaos else LEADS).index((act, word))
    wrong = play(sandbox, tally, seed, draw(seed, chaos=chaos))
    assert not wrong, tally.told()
    assert struck(act, word, tally), tally.told()
