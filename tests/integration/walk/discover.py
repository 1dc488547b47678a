"""Finds every address in the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespaces, and the parameters that it takes."""

    name: str
    parameters: tuple[str, ...]

    @property
    def is_admin(self) -> bool:
        return self.name.startswith("admin:")


def every_address() -> list[Address]:
    """All addresses, in the order in which they are matched. An address without a name fails the walk."""
    return list(_below(get_resolver(), "", ()))


def _below(resolver: URLResolver, namespace: str, taken: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        parameters = (*taken, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, inner, parameters)
        elif isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name or entry.pattern}", parameters)
