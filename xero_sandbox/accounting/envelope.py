"""What every answer of the accounting API is wrapped in (docs/xero.md C)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xero_sandbox.accounting.call import Call
from xero_sandbox.clock import to_ms
from xero_sandbox.http import encode

MISSING = b"The resource you're looking for cannot be found"


@dataclass(frozen=True)
class Answer:
    """What a handler decided: the door adds the headers."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Paging:
    page: int
    page_size: int
    item_count: int

    def as_json(self) -> dict[str, int]:
        pages = -(-self.item_count // self.page_size)
        size = {"page": self.page, "pageSize": self.page_size}
        return size | {"pageCount": pages, "itemCount": self.item_count}


def envelope(call: Call, plural: str, items: Sequence[bytes], paging: Paging | None = None) -> Answer:
    """Join items that were rendered before: this is the whole cost of a page."""
    head: dict[str, Any] = {
        "Id": call.correlation_id,
        "Status": "OK",
        "ProviderName": call.world.settings.app_name,
        "DateTimeUTC": f"/Date({to_ms(call.now)})/",
    }
    if paging is not None:
        head["pagination"] = paging.as_json()
    opening = encode(head)[:-1] + b',"' + plural.encode() + b'":['
    return Answer(200, b"".join((opening, b",".join(items), b"]}")))


def error_answer(number: int, type_: str, message: str, elements: list[Any] | None = None) -> Answer:
    body: dict[str, Any] = {"ErrorNumber": number, "Type": type_, "Message": message}
    if elements is not None:
        body["Elements"] = elements
    return Answer(400, encode(body))


def _shortest(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def not_found() -> Answer:
    return Answer(404, MISSING, "text/html; charset=utf-8")


def restyle(body: bytes, *, indented: bool, escaped: bool, short: bool) -> bytes:
    """The recordings of 2020: two spaces, CRLF, escaped slashes. Whether 2026 still does is a switch.

    So is whether money keeps its two places: 120.00, or 120.
    """
    if short:
        body = json.dumps(json.loads(body, parse_float=_shortest), separators=(",", ":")).encode()
    if indented:
        body = json.dumps(json.loads(body), indent=2).replace("\n", "\r\n").encode()
    return body.replace(b"/Date(", b"\\/Date(").replace(b")/", b")\\/") if escaped else body
