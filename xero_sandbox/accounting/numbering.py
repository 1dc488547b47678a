"""Numbers: unique on sales, free on bills, given out by the organisation when left out (docs/xero.md C)."""

from __future__ import annotations

from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.accounting.kinds import Kind
from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.organisation import Books


def find_by_number(books: Books, kind: Kind, number: str) -> Document | None:
    """The sale that holds a number; failing that, the first bill that does."""
    held = sale_with_number(books, kind, number)
    if held:
        return held
    return next((one for one in books.ledger(kind.plural) if one.number.lower() == number.lower()), None)


def sale_with_number(books: Books, kind: Kind, number: str) -> Document | None:
    held = books.numbers.get((kind.plural, number.lower()))
    return books.ledger(kind.plural).get(held) if held else None


def next_number(books: Books, kind: Kind) -> str:
    while True:
        number = f"{kind.prefix}-{books.next_number[kind.prefix]:04d}"
        books.next_number[kind.prefix] += 1
        if (kind.plural, number.lower()) not in books.numbers:
            return number


def claim_number(books: Books, kind: Kind, document: Document, known: Document | None) -> None:
    if not document.is_sale and kind.prefix == "INV":
        return
    key = (kind.plural, document.number.lower())
    if books.numbers.get(key, document.item_id) != document.item_id:
        raise Invalid(
            f"{kind.noun} # must be unique." if kind.prefix == "INV" else "Credit Note # must be unique."
        )
    if known and known.number:
        books.numbers.pop((kind.plural, known.number.lower()), None)
    books.numbers[key] = document.item_id


def renumber(books: Books, document: Document, number: str) -> None:
    """A person in Xero gives a document another number: the old one is free again."""
    held = (document.kind, document.number.lower())
    if books.numbers.get(held) == document.item_id:
        del books.numbers[held]
        books.numbers[(document.kind, number.lower())] = document.item_id
    document.number = number
