"""Replay while Xero surely knows the key, look up when nothing can be in flight, wait between."""

from datetime import timedelta

import pytest

from sync.ages import Step, is_freed, next_step


@pytest.mark.parametrize(
    ("since_first", "since_last", "step"),
    [
        (0, 0, Step.REPLAY),
        (299, 299, Step.REPLAY),
        (9, 4, Step.WAIT),
        (10, 5, Step.REPLAY),
        (159, 79, Step.WAIT),
        (160, 80, Step.REPLAY),
        (300, 300, Step.WAIT),
        (419, 419, Step.WAIT),
        (420, 420, Step.LOOK_UP),
        (600, 301, Step.WAIT),
        (719, 420, Step.LOOK_UP),
    ],
)
def test_first_sending_bounds_replay_and_last_bounds_look_up(
    since_first: int, since_last: int, step: Step
) -> None:
    assert (
        next_step(since_first=timedelta(seconds=since_first), since_last=timedelta(seconds=since_last))
        is step
    )


def test_a_certain_no_effect_frees_only_what_was_sent_once() -> None:
    assert is_freed(unanswered=1)
    assert not is_freed(unanswered=2)
