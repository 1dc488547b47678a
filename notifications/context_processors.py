"""Gives every page its banner, lazily."""

from typing import Any

from django.http import HttpRequest


def banner(request: HttpRequest) -> dict[str, Any]:
    """`banner` for base.html."""
    return {"banner": None}
