"""The filters of Income and Expenses. Higher floors add theirs at start with `register_filter`.

A filter narrows a queryset of documents by one chosen value. Those of this floor come first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from released.billing.models import Document

Choices = Sequence[tuple[str, str]]
Narrow = Callable[[QuerySet[Document], str], QuerySet[Document]]


@dataclass(frozen=True)
class ListFilter:
    """One select above the list. `choices` leave out "any", which the form adds."""

    name: str
    label: str
    choices: Choices | Callable[[], Choices]
    apply: Narrow

    def options(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices


_registered: dict[str, ListFilter] = {}


def register_filter(name: str, label: str, choices: Choices | Callable[[], Choices], apply: Narrow) -> None:
    """Add a filter, or replace the one of that name."""
    _registered[name] = ListFilter(name, label, choices, apply)


def registered_filters() -> list[ListFilter]:
    """What higher floors have added, in their order."""
    return list(_registered.values())
