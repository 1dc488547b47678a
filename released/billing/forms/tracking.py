"""Tracking on the lines of a form: a select for each category, and what is chosen in them as a line keeps it.

A field is named by its category, not by its place, so that a category that came or went while somebody was
typing moves nothing to another one. What a form does not show of a line stays as it is.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from released.billing.contents import LineDraft
from released.billing.forms.choosing import NOT_LISTED, Options
from released.billing.models import TrackingCategory
from released.portfolio.models import Company

MOST_ON_A_LINE = 2  # docs/xero.md C: an organisation has two active categories at most

Pairs = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Tracked:
    """One category as a select of every line."""

    category: str
    options: Options

    @property
    def name(self) -> str:
        """The field's name, the same whatever else is offered."""
        return f"tracking_{hashlib.sha256(self.category.encode()).hexdigest()[:12]}"


def tracked(company: Company, lines: Iterable[LineDraft]) -> list[Tracked]:
    """The company's categories, and those that the lines brought from elsewhere; nothing on them is lost."""
    rows = TrackingCategory.objects.filter(company=company).prefetch_related("options").order_by("pk")
    listed = {row.name: sorted(one.name for one in row.options.all()) for row in rows}
    used = {(pair["category"], pair["option"]) for line in lines for pair in line.tracking}
    strays = sorted({category for category, _ in used} - listed.keys())
    return [
        _column(category, listed.get(category, []), {option for name, option in used if name == category})
        for category in [*listed, *strays]
    ]


def _column(category: str, listed: list[str], used: set[str]) -> Tracked:
    strays = sorted(used - set(listed))
    known: Options = [(option, option) for option in listed]
    return Tracked(category, [("", "None"), *known, *((one, f"{one} ({NOT_LISTED})") for one in strays)])


def chosen(pairs: Pairs, columns: Iterable[Tracked]) -> dict[str, str]:
    """What stands in the selects of a line, by field name."""
    options = {pair["category"]: pair["option"] for pair in pairs}
    return {column.name: options.get(column.category, "") for column in columns}


def merged(pairs: Pairs, given: Mapping[str, str]) -> Pairs:
    """The line's pairs with what was `given` {category: option, or nothing}; the rest stays, in its order."""
    kept = [pair for pair in pairs if given.get(pair["category"], pair["option"])]
    changed = [{**pair, "option": given.get(pair["category"], pair["option"])} for pair in kept]
    known = {pair["category"] for pair in pairs}
    added = [
        {"category": name, "option": option} for name, option in given.items() if option and name not in known
    ]
    return (*changed, *added)
