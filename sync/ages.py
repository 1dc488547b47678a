"""How old a delivery is decides what may be done with it (docs/protocols.md 2.3). Pure.

Xero remembers an idempotency key for six minutes; a request can land until its connection is
surely gone. Between replaying and looking up there is a stretch in which nothing is right but
waiting.
"""

from datetime import timedelta
from enum import Enum

REPLAY_WITHIN = timedelta(minutes=5)
LOOK_UP_AFTER = timedelta(minutes=7)


class Step(Enum):
    """What to do with a delivery whose outcome is not known."""

    REPLAY = "replay"
    WAIT = "wait"
    LOOK_UP = "look up"


def next_step(*, since_first: timedelta, since_last: timedelta) -> Step:
    """Replay by the first sending (how long the key is known), look up by the last (what may still land).

    Between two replays passes as much time as they have taken so far: about seven in five minutes, so that
    one write that Xero does not answer uses up neither the allowance nor the turns of its company.
    """
    if since_first < REPLAY_WITHIN:
        return Step.REPLAY if since_last >= since_first - since_last else Step.WAIT
    return Step.LOOK_UP if since_last >= LOOK_UP_AFTER else Step.WAIT


def is_freed(*, unanswered: int) -> bool:
    """After a certain “no effect”: freed only if no earlier sending is unanswered (2.4).

    `unanswered` still counts the sending that was just answered.
    """
    return unanswered <= 1
