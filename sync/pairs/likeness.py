"""Which documents of both sides may be one, because somebody typed it here and there. Pure.

Duplicates of our own making do not exist (docs/protocols.md 2); these are people's. So nothing here
decides: it only says what a person is asked. The money must be the same to the penny. Then either a
number of one side stands on the other, or contact and day agree. References alone say nothing,
since every month's rent may carry the same one. A contact called nearly the same (Ltd and Limited) is
asked about as well, but never linked together with the others at once.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from released.web.words import count_text, names_text
from sync.matching import names

NEAR = datetime.timedelta(days=5)
Edge = tuple[str, str]
Closeness = tuple[bool, bool, bool, int, bool]


@dataclass(frozen=True, slots=True)
class Traits:
    """What is looked at of one document. `contact` is Xero's ContactID, if it is known."""

    key: str
    kind: str
    number: str
    reference: str
    contact: str
    name: str
    date: datetime.date
    total: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two documents are: the higher `closeness` sorts, the closer."""

    has_number: bool
    has_contact: bool
    has_near_contact: bool
    days_apart: int
    has_reference: bool
    crossed: str = ""
    """Which number stands where on the other side, when it is not its number."""

    @property
    def is_strong(self) -> bool:
        """Contact, total and date are the same: hardly a person would say that these are two."""
        return self.has_contact and not self.days_apart

    @property
    def closeness(self) -> Closeness:
        near = (self.has_contact, self.has_near_contact)
        return (self.has_number, *near, -self.days_apart, self.has_reference)

    @property
    def says(self) -> str:
        """Same contact, total and date · Same contact and total, dates 2 days apart

        Same total and date; our number is Xero’s reference
        """
        is_same_number = self.has_number and not self.crossed
        same = [("number", is_same_number), ("contact", self.has_contact), ("total", True)]
        same += [("date", not self.days_apart), ("reference", self.has_reference)]
        words = f"Same {names_text([name for name, is_so in same if is_so])}"
        if self.has_near_contact and not self.has_contact:
            words = f"Nearly the same contact, same {words.removeprefix('Same ')}"
        words += f", dates {count_text(self.days_apart, 'day')} apart" if self.days_apart else ""
        return f"{words}; {self.crossed}" if self.crossed else words


@dataclass(frozen=True, slots=True)
class Pair:
    """Keys of ours and theirs, and why."""

    ours: str
    theirs: str
    likeness: Likeness


def alike(ours: Traits, theirs: Traits) -> Likeness | None:
    """None when nobody needs to be asked."""
    if (ours.kind, ours.total, ours.currency) != (theirs.kind, theirs.total, theirs.currency):
        return None
    is_same_number, crossed = _is_same(ours.number, theirs.number), _crossed(ours, theirs)
    likeness = Likeness(
        has_number=is_same_number or bool(crossed),
        has_contact=_is_same(ours.contact, theirs.contact) or _is_same(ours.name, theirs.name),
        has_near_contact=names.is_same(ours.name, theirs.name),
        days_apart=abs((ours.date - theirs.date).days),
        has_reference=_is_same(ours.reference, theirs.reference),
        crossed="" if is_same_number else crossed,
    )
    has_contact = likeness.has_contact or likeness.has_near_contact
    is_near = has_contact and likeness.days_apart <= NEAR.days
    return likeness if likeness.has_number or is_near else None


def pair_up(
    ours: Sequence[Traits], theirs: Sequence[Traits], apart: frozenset[Edge] = frozenset()
) -> list[Pair]:
    """The closest first, each document in one pair; equally close ones all stay, for a person to choose.

    `apart`: keys of ours and theirs about which a person has already said that they are two.
    """
    by_closeness: dict[Closeness, list[Pair]] = defaultdict(list)
    for pair in _all_pairs(ours, theirs, apart):
        by_closeness[pair.likeness.closeness].append(pair)
    found: list[Pair] = []
    taken: set[str] = set()
    for closeness in sorted(by_closeness, reverse=True):
        free = [pair for pair in by_closeness[closeness] if not {pair.ours, pair.theirs} & taken]
        taken |= {key for pair in free for key in (pair.ours, pair.theirs)}
        found += free
    return found


def _all_pairs(ours: Sequence[Traits], theirs: Sequence[Traits], apart: frozenset[Edge]) -> Iterable[Pair]:
    by_money: dict[tuple[str, Decimal], list[Traits]] = defaultdict(list)
    for there in theirs:
        by_money[there.kind, there.total].append(there)
    for here in ours:
        for there in by_money[here.kind, here.total]:
            likeness = alike(here, there)
            if likeness is not None and (here.key, there.key) not in apart:
                yield Pair(here.key, there.key, likeness)


def _crossed(ours: Traits, theirs: Traits) -> str:
    """A number of one side is the reference on the other: which, in words; empty when neither is."""
    if _is_same(ours.number, theirs.reference):
        return "our number is Xero’s reference"
    return "our reference is Xero’s number" if _is_same(ours.reference, theirs.number) else ""


def _is_same(one: str, other: str) -> bool:
    """As people read them: neither case nor blanks matter, and nothing is like nothing."""
    folded = " ".join(one.split()).casefold()
    return bool(folded) and folded == " ".join(other.split()).casefold()
