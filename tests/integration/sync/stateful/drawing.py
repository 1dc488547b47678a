"""A sequence is drawn whole from its seed before it is played, so the seed alone names it.

Nothing that happens while it is played can change what was drawn: a step says “the seventh document, its due
date”, and what that comes to is found out when its turn comes.
"""

import random
from dataclasses import dataclass

from released.billing.models import Kind
from tests.integration.sync.stateful.weather import FAULTS, POINTS, TOKEN_FAULTS

FIELDS = ("reference", "due_date", "date", "lines", "contact")
THERE = ("reference", "due_date", "date", "lines")
LENGTHS = range(7, 15)


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, to which document or connection (by its place in the list), how, and how much."""

    act: str
    place: int = 0
    word: str = ""
    number: int = 0

    def __str__(self) -> str:
        return f"Step({self.act!r}, {self.place}, {self.word!r}, {self.number})"


@dataclass(frozen=True, slots=True)
class Act:
    """How often it is drawn, and between what."""

    weight: int
    words: tuple[str, ...] = ("",)
    numbers: tuple[int, ...] = (0,)


ACTS: dict[str, Act] = {
    "raise": Act(5, tuple(Kind), (0, 3, 20, 60)),
    "draft": Act(1, tuple(Kind), (0, 20)),
    "approve": Act(1),
    "edit here": Act(8, FIELDS),
    "void here": Act(2),
    "edit there": Act(6, THERE),
    "edit there unstamped": Act(2, THERE),
    "clash": Act(4, THERE),
    "pay there": Act(2),
    "void there": Act(2),
    "type there": Act(2),
    "namesake there": Act(1),
    "change contact": Act(1),
    "move date": Act(2, numbers=(0, 2, 10, 40, 400)),
    "exclude": Act(1),
    "include": Act(2),
    "resolve": Act(3, ("ours", "theirs")),
    "answer": Act(2, ("link", "send again")),
    "retry": Act(1),
    "disconnect": Act(2),
    "reconnect": Act(2),
    "webhook": Act(3, ("once", "twice", "backwards", "lost")),
    "fault": Act(9, tuple(sorted(FAULTS))),
    "token fault": Act(2, tuple(sorted(TOKEN_FAULTS))),
    "token expires": Act(1),
    "poison": Act(1),
    "our clock": Act(1, numbers=(-30, -1, 1, 30)),
    "their clock": Act(1, numbers=(-5, 1, 40)),
    "time passes": Act(4, numbers=(20, 70, 200, 500, 2000)),
    "kill": Act(4, POINTS, (1, 1, 2)),
    "suspend": Act(2, POINTS, (10, 90, 400, 800)),
    "turn": Act(8),
    "sync now": Act(3),
    "flush": Act(1),
}
CHAOS = {"kill": 16, "suspend": 16, "turn": 5, "raise": 4}


def draw(seed: int, *, chaos: bool = False) -> list[Step]:
    """The steps of this seed. In a chaotic one the points at which processes are struck come round."""
    choose = random.Random(f"{'chaos' if chaos else 'books'} {seed}")
    weights = {name: act.weight for name, act in ACTS.items()} | (CHAOS if chaos else {})
    names = choose.choices(list(weights), list(weights.values()), k=choose.choice(LENGTHS))
    steps = [_drawn(choose, name) for name in names]
    steps.insert(choose.randrange(len(steps)), _lead(choose, seed, chaos=chaos))
    return steps


def _drawn(choose: random.Random, name: str) -> Step:
    act = ACTS[name]
    return Step(name, choose.randrange(30), choose.choice(act.words), choose.choice(act.numbers))


def _lead(choose: random.Random, seed: int, *, chaos: bool) -> Step:
    """So that nothing is left to luck: the faults and points come round in turn."""
    leads = STRIKES if chaos else LEADS
    name, word = leads[seed % len(leads)]
    if chaos:
        return Step(name, 0, word, 1 if name == "kill" else choose.choice((90, 800)))
    return Step(name, choose.randrange(30), word, choose.choice(ACTS[name].numbers))


STRIKES = tuple((name, point) for name in ("kill", "suspend") for point in POINTS)
LEADS = (
    *(("fault", label) for label in ACTS["fault"].words),
    *(("token fault", label) for label in ACTS["token fault"].words),
    *STRIKES,
)
