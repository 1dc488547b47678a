"""Our words into Xero's and back, for the lines of one document. Pure.

Documents here hold our words, Xero's hold Xero's, and so do the two bases: what one side agreed to is
compared with what that side holds now, in its own words. So a changed match makes nothing look changed,
and several of ours that are one in Xero are never sent for ever. Words are translated only when lines are
sent, when Xero's are taken over, and when both sides' changes are compared with each other.

What a document has agreed to goes before the present match: 200 that Xero holds as 205 stays 205 while
205 can be used there, whatever 200 is called for new documents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.canonical import DocumentFields, Line, Lines
from sync.decide import Base
from sync.matching.chart import option_key, option_of

Pairs = frozenset[tuple[str, str]]
NO_PAIRS: Pairs = frozenset()
DocumentBase = Base[DocumentFields] | None


@dataclass(frozen=True, slots=True)
class Book:
    """The words of one sort. `active` are Xero's that can be used, as far as they are known."""

    out: Mapping[str, str] = field(default_factory=dict)
    back: Mapping[str, str] = field(default_factory=dict)
    active: frozenset[str] = frozenset()

    def sent(self, ours: str, agreed: Pairs = NO_PAIRS) -> str:
        """What Xero is told."""
        wanted = self.out.get(ours, ours)
        held = {there for here, there in agreed if here == ours}
        if wanted in held or len(held) != 1:
            return wanted
        there = held.pop()
        return there if there in self.active else wanted

    def read(self, theirs: str, present: str | None, agreed: Pairs = NO_PAIRS) -> str:
        """Ours: what the line has if it means the same, what was agreed, the match, else Xero's own."""
        if present is not None and ((present, theirs) in agreed or self.out.get(present, present) == theirs):
            return present
        held = {here for here, there in agreed if there == theirs}
        return held.pop() if len(held) == 1 else self.back.get(theirs, theirs)


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a connection. Without a match nothing is translated, and it costs nothing."""

    accounts: Book = Book()
    tax_types: Book = Book()
    categories: Book = Book()
    options: Book = Book()
    is_empty: bool = True


@dataclass(frozen=True, slots=True)
class _Agreed:
    """Pairs of (ours, Xero's) that the two sides of one document have agreed to."""

    accounts: Pairs = NO_PAIRS
    tax_types: Pairs = NO_PAIRS
    options: Pairs = NO_PAIRS


def outward(words: Words, fields: DocumentFields, base: DocumentBase = None) -> DocumentFields:
    """Our fields as Xero is to hold them."""
    if words.is_empty:
        return fields
    agreed = _agreed(base)
    return _with(fields, (_sent(words, line, agreed) for line in fields.lines.items))


def inward(
    words: Words, theirs: DocumentFields, present: Sequence[Line | None] = (), base: DocumentBase = None
) -> DocumentFields:
    """Xero's fields in our words. `present` are our lines in the order of Xero's, None for a new one."""
    if words.is_empty:
        return theirs
    agreed, items = _agreed(base), theirs.lines.items
    ours = list(present) if len(present) == len(items) else [None] * len(items)
    return _with(theirs, (_read(words, *pair, agreed) for pair in zip(items, ours, strict=True)))


def _with(fields: DocumentFields, items: Iterable[Line]) -> DocumentFields:
    lines = fields.lines
    return replace(fields, lines=Lines(lines.tax_mode, lines.currency, tuple(items)))


def _sent(words: Words, line: Line, agreed: _Agreed) -> Line:
    return replace(
        line,
        account_code=words.accounts.sent(line.account_code, agreed.accounts),
        tax_type=words.tax_types.sent(line.tax_type, agreed.tax_types),
        tracking=_sorted(_option_sent(words, pair, agreed.options) for pair in line.tracking),
    )


def _read(words: Words, theirs: Line, present: Line | None, agreed: _Agreed) -> Line:
    held = present.tracking if present else ()
    return replace(
        theirs,
        account_code=words.accounts.read(
            theirs.account_code, present.account_code if present else None, agreed.accounts
        ),
        tax_type=words.tax_types.read(
            theirs.tax_type, present.tax_type if present else None, agreed.tax_types
        ),
        tracking=_sorted(_option_read(words, pair, held, agreed.options) for pair in theirs.tracking),
    )


def _option_sent(words: Words, pair: tuple[str, str], agreed: Pairs) -> tuple[str, str]:
    """An option without a match of its own moves with its category."""
    category, option = pair
    moved = option_key(words.categories.sent(category), option)
    own = Book({option_key(*pair): moved} | dict(words.options.out), active=words.options.active)
    return option_of(own.sent(option_key(*pair), agreed))


def _option_read(
    words: Words, pair: tuple[str, str], present: Iterable[tuple[str, str]], agreed: Pairs
) -> tuple[str, str]:
    """The one of the line's own that means it; else by its own match, else by its category's."""
    theirs = option_key(*pair)
    for held in present:
        if _option_sent(words, held, agreed) == pair:
            return held
    own = {here for here, there in agreed if there == theirs}
    if len(own) == 1:
        return option_of(own.pop())
    if theirs in words.options.back:
        return option_of(words.options.back[theirs])
    return words.categories.back.get(pair[0], pair[0]), pair[1]


def _sorted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs))


def _agreed(base: DocumentBase) -> _Agreed:
    """Line by line, where both sides held as many; what one side leaves to the other was not agreed to."""
    if base is None or len(base.ours.lines.items) != len(base.theirs.lines.items):
        return _Agreed()
    rows = list(zip(base.ours.lines.items, base.theirs.lines.items, strict=True))
    single = [
        (option_key(*here.tracking[0]), option_key(*there.tracking[0]))
        for here, there in rows
        if len(here.tracking) == len(there.tracking) == 1
    ]
    return _Agreed(
        _pairs((here.account_code, there.account_code) for here, there in rows),
        _pairs((here.tax_type, there.tax_type) for here, there in rows),
        _pairs(single),
    )


def _pairs(rows: Iterable[tuple[str, str]]) -> Pairs:
    return frozenset((here, there) for here, there in rows if here and there)
