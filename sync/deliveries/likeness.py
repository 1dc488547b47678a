"""Looking up what became of a create whose answer was lost: there, not there, or not certain. Pure.

"Not there" allows a second sending, so it must be certain: one unknown document that shares
number or reference, or contact and total, makes it ambiguous, and then a person decides. Of a type without
an address less is enough, for nothing else would tell it (docs/protocols.md 2.8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.canonical import DocumentFields, Lines
from sync.scope import uid_in
from sync.theirs import TheirDocument


@dataclass(frozen=True, slots=True)
class Sought:
    """What was sent. `url` is empty for a type that has none; `total` is what we reckoned it to be by then.

    Xero may reckon another total, by rates of its own. None: it was not noted.
    """

    kind: str
    fields: DocumentFields
    number: str
    url: str
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One `found`, or several `candidates`, or neither: not there."""

    found: TheirDocument | None = None
    candidates: tuple[TheirDocument, ...] = ()


def sight(sought: Sought, unknown: Sequence[TheirDocument], ours: Iterable[str]) -> Sighting:
    """`unknown` are Xero's documents that belong to none of ours yet; `ours` the addresses of our others."""
    known = set(ours)
    same_kind = [one for one in unknown if one.kind == sought.kind]
    if sought.url:
        marked = [one for one in same_kind if _is_marked(sought.url, one.url)]
        if len(marked) == 1:
            return Sighting(found=marked[0])
        if marked:
            return Sighting(candidates=tuple(marked))
    alike = [one for one in same_kind if one.url not in known and resembles(sought, one)]
    if sought.url:
        return Sighting(candidates=tuple(alike))
    same = [one for one in same_kind if is_same(sought, one)]
    if len(same) == 1 and all(one is same[0] for one in alike):
        return Sighting(found=same[0])
    return Sighting(candidates=tuple(one for one in same_kind if one in alike or could_be(sought, one)))


def _is_marked(ours: str, theirs: str) -> bool:
    """The address is the same, or names the same document under the address of before a move."""
    return theirs == ours or (uid_in(theirs) is not None and uid_in(theirs) == uid_in(ours))


def resembles(sought: Sought, theirs: TheirDocument) -> bool:
    """Shares number or reference, or contact and total."""
    if sought.number and theirs.number == sought.number:
        return True
    if sought.fields.reference and theirs.fields.reference == sought.fields.reference:
        return True
    return theirs.fields.contact == sought.fields.contact and _has_total(sought, theirs)


def could_be(sought: Sought, theirs: TheirDocument) -> bool:
    """Whether it may be ours although Xero reckons it otherwise, or somebody changed it there.

    For a type that carries no address of ours: contact and one thing more, or all that it says and its date.
    Asking once too often is a click; sending twice is money.
    """
    sent, found = sought.fields, theirs.fields
    has_date, has_texts = sent.date == found.date, _texts(sent.lines) == _texts(found.lines)
    if sent.contact == found.contact:
        return has_date or has_texts or _has_total(sought, theirs)
    return has_date and has_texts


def is_same(sought: Sought, theirs: TheirDocument) -> bool:
    """Nothing at all differs from what was sent, as far as Xero leaves it as it was.

    Its total is Xero's own: it reckons by rates that may differ from ours.
    """
    sent, found = sought.fields, theirs.fields
    same = (sent.contact, sent.date, sent.reference) == (found.contact, found.date, found.reference)
    return same and sent.lines.currency == found.lines.currency and _texts(sent.lines) == _texts(found.lines)


def _has_total(sought: Sought, theirs: TheirDocument) -> bool:
    return sought.total is None or theirs.amounts.total == sought.total


def _texts(lines: Lines) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.description, line.quantity, line.unit_amount) for line in lines.items]
