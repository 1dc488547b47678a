"""The orders in which Income and Expenses can be read.

Each is by one column as it is shown, and ends with the newest first and the row's id: an order without ties,
so that no document is on two pages or on none. What has no value in the column comes last, either way.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Expression, F, QuerySet, When
from django.db.models.functions import Lower

from released.billing.models import Document, Kind

ADDS = [kind for kind in Kind if kind.sign > 0]
DEFAULT: Final = "-date"


@dataclass(frozen=True)
class Column:
    """`upwards` and `downwards` say the two directions; `starts` is the one that the first click takes."""

    label: str
    key: Expression | F
    upwards: str
    downwards: str
    starts: str = ""
    is_amount: bool = False


@dataclass(frozen=True)
class Heading:
    """A column's head: what it is sorted by now (as aria-sort says it), and what a click asks for."""

    name: str
    label: str
    sorted: str
    asks: str | None
    says: str
    is_amount: bool


def _signed(column: str) -> Expression:
    """An amount with the sign that it is shown with."""
    return Case(When(kind__in=ADDS, then=F(column)), default=-F(column))


SIZES = ("smallest first", "largest first", "-")
COLUMNS: Final[dict[str, Column]] = {
    "number": Column("Number", F("number"), "lowest first", "highest first"),
    "contact": Column("Contact", Lower("contact__name"), "A to Z", "Z to A"),
    "date": Column("Date", F("date"), "oldest first", "newest first", "-"),
    "due": Column("Due", F("due_date"), "earliest first", "latest first"),
    "total": Column("Amount", _signed("total"), *SIZES, is_amount=True),
    "left": Column("Amount due", _signed("amount_due"), *SIZES, is_amount=True),
}


def order_of(asked: str | None) -> str:
    """A column's name, with a minus for downwards; the newest first for anything that is no order."""
    return asked if asked and asked.removeprefix("-") in COLUMNS and not asked.startswith("--") else DEFAULT


def ordered(documents: QuerySet[Document], order: str) -> QuerySet[Document]:
    """In an order of `order_of`."""
    key = COLUMNS[order.removeprefix("-")].key
    by = key.desc(nulls_last=True) if order.startswith("-") else key.asc(nulls_last=True)
    return documents.order_by(by, "-date", "-pk")


def words_of(order: str) -> str:
    """by contact, A to Z"""
    column = COLUMNS[order.removeprefix("-")]
    way = column.downwards if order.startswith("-") else column.upwards
    return way if order == DEFAULT else f"by {column.label.lower()}, {way}"


def headings(order: str) -> dict[str, Heading]:
    """The heads of the sortable columns by name."""
    return {name: _heading(name, column, order) for name, column in COLUMNS.items()}


def _heading(name: str, column: Column, order: str) -> Heading:
    is_down = order == f"-{name}"
    is_current = is_down or order == name
    asks = (name if is_down else f"-{name}") if is_current else f"{column.starts}{name}"
    return Heading(
        name,
        column.label,
        ("descending" if is_down else "ascending") if is_current else "",
        None if asks == DEFAULT else asks,
        column.downwards if asks.startswith("-") else column.upwards,
        column.is_amount,
    )
