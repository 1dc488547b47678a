"""Which of Xero's an account, tax rate or tracking of ours probably is, and why. Pure.

What is booked to the wrong account is worse than what is asked about, so nothing is guessed across
income and expenses, and where two are equally likely nothing is suggested.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.matching.names import is_same, likeness
from sync.models.matching import Sort

INCOME, EXPENSE = "income", "expense"
NOISE = ("account", "accounts", "and", "cost", "costs", "expense", "expenses", "fee", "fees", "of", "other")
SIMILAR = 0.5
SAME_CODE, SAME_NAME, SIMILAR_NAME = "same code", "same name", "similar name"
SAME_TYPE, SAME_RATE = "same tax type", "same rate"


@dataclass(frozen=True, slots=True)
class Item:
    """One of ours or of Xero's. `sides` are those of income and expense that it serves; none: not known.

    `rate` is in percent, of tax types alone.
    """

    key: str
    name: str = ""
    sides: frozenset[str] = frozenset()
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of Xero's, and why in a few words. `is_exact`: nothing has to be translated."""

    theirs: str
    reason: str
    is_exact: bool = False


def suggest(sort: str, ours: Item, theirs: Sequence[Item]) -> Suggestion | None:
    """The likely one of Xero's active ones, or None."""
    same = next((one for one in theirs if one.key == ours.key), None)
    if same is not None and fits(ours, same):
        return Suggestion(same.key, SAME_TYPE if sort == Sort.TAX_TYPE else _same(sort), is_exact=True)
    return _SUGGEST[sort](ours, [one for one in theirs if _may_be(ours, one)])


def fits(ours: Item, theirs: Item) -> bool:
    """Not across income and expenses; what serves neither (a deposit is a liability) may serve both."""
    return not ours.sides or not theirs.sides or bool(ours.sides & theirs.sides)


def _may_be(ours: Item, theirs: Item) -> bool:
    """For a guess the side must be known on both; a tax rate must serve every side that ours serves."""
    if ours.rate is not None or theirs.rate is not None:
        return ours.sides <= theirs.sides
    return fits(ours, theirs)


def _same(sort: str) -> str:
    return SAME_CODE if sort == Sort.ACCOUNT else SAME_NAME


def _account(ours: Item, theirs: Sequence[Item]) -> Suggestion | None:
    return _named(ours, theirs) or _similar(ours, [one for one in theirs if one.sides])


def _tax_type(ours: Item, theirs: Sequence[Item]) -> Suggestion | None:
    named = _named(ours, [one for one in theirs if _same_rate(ours, one)])
    if named is not None:
        return named
    equal = [one for one in theirs if ours.rate is not None and _same_rate(ours, one)]
    if len(equal) == 1:
        return Suggestion(equal[0].key, SAME_RATE)
    similar = _similar(ours, equal)
    return Suggestion(similar.theirs, f"{SAME_RATE}, {SIMILAR_NAME}") if similar else None


def _same_rate(ours: Item, theirs: Item) -> bool:
    return ours.rate is None or ours.rate == theirs.rate


def _named(ours: Item, theirs: Sequence[Item]) -> Suggestion | None:
    """The only one of that name."""
    same = [one for one in theirs if is_same(ours.name or ours.key, one.name or one.key)]
    return Suggestion(same[0].key, SAME_NAME) if len(same) == 1 else None


def _similar(ours: Item, theirs: Sequence[Item]) -> Suggestion | None:
    """The most similar one, if it is one alone."""
    scored = sorted(((likeness(ours.name, one.name, NOISE), one.key) for one in theirs), reverse=True)
    if not scored or scored[0][0] < SIMILAR:
        return None
    if len(scored) > 1 and scored[1][0] == scored[0][0]:
        return None
    return Suggestion(scored[0][1], SIMILAR_NAME)


_SUGGEST: dict[str, Callable[[Item, Sequence[Item]], Suggestion | None]] = {
    Sort.ACCOUNT: _account,
    Sort.TAX_TYPE: _tax_type,
    Sort.TRACKING_CATEGORY: _named,
    Sort.TRACKING_OPTION: _named,
}
