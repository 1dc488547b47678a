"""Reading fields of a request: what is absent keeps what was there; the unreadable is a 400."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from xero_sandbox.accounting.dates import parse_date
from xero_sandbox.accounting.errors import PostDataInvalid

Kept = TypeVar("Kept")


def text_of(row: dict[str, Any], name: str, kept: str | None) -> str | None:
    if name not in row:
        return kept
    value = row[name]
    return None if value is None else str(value)


def decimal_of(row: dict[str, Any], name: str, kept: Decimal | None) -> Decimal | None:
    if name not in row:
        return kept
    value = row[name]
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as broken:
        raise PostDataInvalid(f"{name} is not a number") from broken


def date_of(row: dict[str, Any], name: str, kept: date | None) -> date | None:
    """`DateString` style twins are output only; the SDK sends `/Date(ms)/`, others ISO."""
    value = row.get(name)
    if not value:
        return kept
    try:
        return parse_date(str(value))
    except ValueError as broken:
        raise PostDataInvalid(f"{name} is not a date") from broken
