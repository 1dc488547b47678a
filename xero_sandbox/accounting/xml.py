"""XML, which is what Xero answers to a caller that does not ask for JSON (docs/xero.md C).

Only so that a client that forgets its Accept header finds out here.
"""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape


def to_xml(body: bytes) -> bytes:
    return ("<Response>" + _inner(json.loads(body)) + "</Response>").encode()


def _inner(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_element(name, one) for name, one in value.items())
    return escape("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        single = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
        inside = "".join(f"<{single}>{_inner(one)}</{single}>" for one in value)
        return f"<{name}>{inside}</{name}>"
    return f"<{name}>{_inner(value)}</{name}>"
