"""A conflict as a table: what was agreed, what is here, what is in Xero. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from released.web.words import day_text, money_text, number_text
from sync.canonical import DocumentFields, Line, thaw_document
from sync.models import Conflict

LABELS = {
    "contact": "Contact",
    "date": "Date",
    "due_date": "Due date",
    "reference": "Reference",
    "is_alive": "Document",
}
NOTHING = "not recorded"


@dataclass(frozen=True)
class Part:
    """One line of a cell; `is_changed` marks what differs from what was agreed."""

    text: str
    amount: str = ""
    is_changed: bool = False


@dataclass(frozen=True)
class Row:
    """One field on the three sides."""

    label: str
    base: list[Part]
    ours: list[Part]
    theirs: list[Part]
    is_clash: bool
    note: str


@dataclass(frozen=True)
class Comparison:
    """The rows that differ, those to choose first; net totals for the buttons."""

    rows: list[Row]
    ours_total: str
    theirs_total: str
    is_ended_there: bool
    is_ended_here: bool

    @property
    def is_same_total(self) -> bool:
        """Then the totals tell the two versions apart for nobody."""
        return self.ours_total == self.theirs_total


def compare(conflict: Conflict, names: Mapping[str, str], locale: str) -> Comparison:
    """`names` says how contacts are called, by what stands in the field."""
    base = thaw_document(conflict.base) if conflict.base else None
    ours, theirs = thaw_document(conflict.ours), thaw_document(conflict.theirs)
    words = Words(names, locale, (ours.lines.currency or theirs.lines.currency))
    clashing = set(conflict.clashing)
    rows = [row for name in ("lines", *LABELS) if (row := _row(name, base, ours, theirs, clashing, words))]
    return Comparison(
        sorted(rows, key=lambda row: not row.is_clash),
        words.total(ours),
        words.total(theirs),
        is_ended_there=not theirs.is_alive,
        is_ended_here=not ours.is_alive,
    )


def _row(
    name: str,
    base: DocumentFields | None,
    ours: DocumentFields,
    theirs: DocumentFields,
    clashing: set[str],
    words: "Words",
) -> Row | None:
    here, there = getattr(ours, name), getattr(theirs, name)
    agreed = getattr(base, name) if base else None
    if here == there and (base is None or here == agreed):
        return None
    cells = [words.cell(name, one, base) if one else [Part(NOTHING)] for one in (base, ours, theirs)]
    is_clash = name in clashing
    label, note = LABELS.get(name, "Lines"), _note(is_clash, here == agreed, there == agreed)
    return Row(label, cells[0], cells[1], cells[2], is_clash, note)


def _note(is_clash: bool, is_ours_old: bool, is_theirs_old: bool) -> str:
    if is_clash:
        return ""
    if is_ours_old:
        return "Xero’s is kept"
    return "ours is kept" if is_theirs_old else "the same on both sides"


@dataclass(frozen=True)
class Words:
    """How values are written."""

    names: Mapping[str, str]
    locale: str
    currency: str

    def cell(self, name: str, side: DocumentFields, base: DocumentFields | None) -> list[Part]:
        if name == "lines":
            known = base.lines.items if base else ()
            return [self.line(line, line not in known and side is not base) for line in side.lines.items]
        value = getattr(side, name)
        is_changed = base is not None and side is not base and value != getattr(base, name)
        return [Part(self.value(name, value), is_changed=is_changed)]

    def value(self, name: str, value: object) -> str:
        if name == "contact":
            return self.names.get(str(value), "another contact in Xero")
        if name == "is_alive":
            return "in force" if value else "voided or deleted"
        if isinstance(value, date):
            return day_text(value, self.locale)
        return str(value) if value else "none"

    def line(self, line: Line, is_changed: bool) -> Part:
        many = "" if line.quantity == 1 else f"{number_text(line.quantity)} of "
        code = f" ({line.account_code})" if line.account_code else ""
        return Part(f"{many}{line.description}{code}", self.money(amount(line)), is_changed)

    def total(self, side: DocumentFields) -> str:
        return self.money(sum((amount(line) for line in side.lines.items), Decimal(0)))

    def money(self, value: Decimal) -> str:
        return money_text(value, self.currency, self.locale)


def amount(line: Line) -> Decimal:
    """What a line comes to, as Xero reckons it: before tax where tax is added."""
    return line.quantity * line.unit_amount * (1 - (line.discount_rate or Decimal(0)) / 100)
