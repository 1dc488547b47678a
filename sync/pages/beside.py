"""A document of ours beside one in Xero that looks the same: field by field, differences marked. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sync.canonical import DocumentFields, Line
from sync.pages.compare import LABELS, Part, Words

HERE, THERE, NUMBER = "here", "there", "Number"


@dataclass(frozen=True)
class Side:
    """What is shown of one document; the fields of both in our words."""

    number: str
    contact: str
    fields: DocumentFields
    total: Decimal


@dataclass(frozen=True)
class Row:
    """One field on both sides."""

    label: str
    ours: list[Part]
    theirs: list[Part]
    differs: bool

    @property
    def is_shared(self) -> bool:
        """Said once where there is little room. Numbers never are: each side gives its own."""
        return not self.differs and self.label != NUMBER


def beside(ours: Side, theirs: Side, locale: str) -> list[Row]:
    """The number first, which differs without saying anything: each side gives its own."""
    words = Words({HERE: ours.contact, THERE: theirs.contact}, locale, ours.fields.lines.currency)
    number = Row(NUMBER, [Part(ours.number)], [Part(theirs.number or "none")], differs=False)
    total = Row("Total", [_sum(words, ours)], [_sum(words, theirs)], differs=ours.total != theirs.total)
    return [number, _contact(ours, theirs), *_fields(ours.fields, theirs.fields, words), total]


def _contact(ours: Side, theirs: Side) -> Row:
    """Linked contacts are one, whatever each side calls them."""
    is_one = ours.fields.contact == theirs.fields.contact
    differs = not is_one and _folded(ours.contact) != _folded(theirs.contact)
    return Row(
        LABELS["contact"],
        [Part(ours.contact, is_changed=differs)],
        [Part(theirs.contact, is_changed=differs)],
        differs,
    )


def _fields(ours: DocumentFields, theirs: DocumentFields, words: Words) -> Iterator[Row]:
    for name in ("date", "due_date", "reference"):
        here, there = getattr(ours, name), getattr(theirs, name)
        if here or there:
            differs = here != there
            ours_part = Part(words.value(name, here), is_changed=differs)
            theirs_part = Part(words.value(name, there), is_changed=differs)
            yield Row(LABELS[name], [ours_part], [theirs_part], differs)
    here_lines = _lines(ours.lines.items, theirs.lines.items, words)
    there_lines = _lines(theirs.lines.items, ours.lines.items, words)
    yield Row("Lines", here_lines, there_lines, ours.lines != theirs.lines)


def _lines(lines: Iterable[Line], other: Iterable[Line], words: Words) -> list[Part]:
    there = list(other)
    parts = []
    for line in lines:
        is_changed = line not in there
        if not is_changed:
            there.remove(line)
        parts.append(words.line(line, is_changed))
    return parts


def _sum(words: Words, side: Side) -> Part:
    return Part("", words.money(side.total))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
