"""The differences that a comparison found, as they are shown: amounts as money, a reason beneath its word.

What a comparison stores is text (`sync.comparison.comparing`); which of it is money, its word tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from released.billing.models import Document
from sync.models import Reconciliation

HELD_BACK, MAY_BE = "Held back", "May be "
OF_MONEY = frozenset({HELD_BACK, "Only in Xero", "Not found in Xero", "Twice in Xero", "Total", "Amount due"})
KEYS = ("document", "xero_id", "number", "what", "here", "xero", "why", "currency")
Difference = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One row. `here` and `xero`: an amount in `currency`, or text, empty where that side has nothing."""

    document: int | None
    number: str
    what: str
    why: str
    here: Decimal | str
    xero: Decimal | str
    currency: str

    @property
    def is_here_money(self) -> bool:
        return isinstance(self.here, Decimal)

    @property
    def is_xero_money(self) -> bool:
        return isinstance(self.xero, Decimal)


def stored(compared: Reconciliation) -> Iterator[Difference]:
    """As they were found, every key there."""
    for one in compared.differences:
        yield {name: one.get(name) or "" for name in KEYS}


def shown(compared: Reconciliation, currency: str) -> list[Shown]:
    """One query. `currency` is the company's: of what neither a document here nor Xero's answer names one."""
    found = list(stored(compared))
    documents = Document.objects.filter(pk__in=[one["document"] for one in found if one["document"]])
    currencies = dict(documents.values_list("pk", "currency"))
    return [_shown(one, currencies.get(one["document"]) or one["currency"] or currency) for one in found]


def _shown(one: Difference, currency: str) -> Shown:
    is_money = one["what"] in OF_MONEY or one["what"].startswith(MAY_BE)
    here, xero = (_amount(one[side]) if is_money else one[side] for side in ("here", "xero"))
    return Shown(
        document=one["document"] or None,
        number=one["number"],
        what=one["what"],
        why=_first_sentence(one["why"]),
        here=here,
        xero=xero,
        currency=currency,
    )


def _amount(text: str) -> Decimal | str:
    """The text itself where it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _first_sentence(text: str) -> str:
    """What is wrong; what helps is said once, on the results page."""
    first, dot, _ = text.partition(". ")
    return f"{first}." if dot else first
