"""Looking up what became of a create whose answer was lost: there, not there, or not certain. Pure.

"Not there" allows a second sending, so it must be certain: one unknown document that shares
number or reference, or contact and total, makes it ambiguous, and then a person decides
(docs/protocols.md 2.6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.canonical import DocumentFields, Lines
from sync.scope import uid_in
from sync.theirs import TheirDocument

PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sought:
    """What was sent. `url` is empty for a type that has none; `total` is what we reckon it to be."""

    kind: str
    fields: DocumentFields
    number: str
    url: str
    total: Decimal


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
    alike = tuple(one for one in same_kind if one.url not in known and resembles(sought, one))
    if not sought.url and len(alike) == 1 and is_same(sought, alike[0]):
        return Sighting(found=alike[0])
    return Sighting(candidates=alike)


def _is_marked(ours: str, theirs: str) -> bool:
    """The address is the same, or names the same document under the address of before a move."""
    return theirs == ours or (uid_in(theirs) is not None and uid_in(theirs) == uid_in(ours))


def resembles(sought: Sought, theirs: TheirDocument) -> bool:
    """Shares number or reference, or contact and total."""
    if sought.number and theirs.number == sought.number:
        return True
    if sought.fields.reference and theirs.fields.reference == sought.fields.reference:
        return True
    return theirs.fields.contact == sought.fields.contact and theirs.amounts.total == sought.total


def is_same(sought: Sought, theirs: TheirDocument) -> bool:
    """Nothing at all differs from what was sent, as far as Xero leaves it as it was."""
    sent, found = sought.fields, theirs.fields
    same = (sent.contact, sent.date, sent.reference) == (found.contact, found.date, found.reference)
    return same and theirs.amounts.total == sought.total and _texts(sent.lines) == _texts(found.lines)


def _texts(lines: Lines) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.description, line.quantity, line.unit_amount) for line in lines.items]
