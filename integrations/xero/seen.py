"""Reading an answer into the few features that verdicts rest on. Pure; never raises on odd bytes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

_json = msgspec.json.Decoder(float_hook=Decimal)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
JSON_SPACE = b" \t\r\n"  # no other: a stray byte beside a value makes it no JSON
LONGEST_TEXT = 2_000
HALF = re.compile("[\ud800-\udfff]")
HALF_ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Seen:
    """`content` is None unless the body is one whole JSON value. Header names are lower-case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: Any = field(repr=False)
    is_json: bool
    is_empty: bool
    text: str = field(repr=False)

    @property
    def challenge(self) -> str:
        return self.headers.get("www-authenticate", "").lower()

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()

    def word(self, key: str) -> str:
        """A top-level text of the body, whatever the case of its key; "" when absent or ambiguous."""
        if not isinstance(self.content, dict):
            return ""
        found = [value for name, value in self.content.items() if name.lower() == key.lower()]
        return found[0] if len(found) == 1 and isinstance(found[0], str) else ""

    def has(self, key: str) -> bool:
        return isinstance(self.content, dict) and any(name.lower() == key.lower() for name in self.content)


def look_at(status: int, headers: Mapping[str, str], body: bytes, *, mends: bool = False) -> Seen:
    """The features of one answer. `mends`: a half character in a text does not make all of it unreadable."""
    lowered = {name.lower(): value for name, value in headers.items()}
    bare = body.removeprefix(BYTE_ORDER_MARK).strip(JSON_SPACE)
    try:
        content, is_json = (_decoded(bare, mends=mends), True) if bare else (None, False)
    except (UnicodeDecodeError, ValueError, RecursionError):  # msgspec's are ValueErrors
        content, is_json = None, False
    text = "" if is_json else bare[:LONGEST_TEXT].decode("utf-8", "replace")
    return Seen(status, lowered, content, is_json, not bare, text)


def _decoded(bare: bytes, *, mends: bool) -> Any:
    """The one value. Half a character is what is left where a text was cut inside an emoji."""
    try:
        return _json.decode(bare)
    except msgspec.DecodeError:
        if not mends or not HALF_ESCAPED.search(bare):
            raise
    return _whole(json.loads(bare.decode(), parse_float=Decimal, parse_constant=_refuse))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _whole(value: Any) -> Any:
    """Without half characters, which no column and no answer of ours can hold."""
    if isinstance(value, str):
        return HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(held) for held in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(held) for name, held in value.items()}
    return value
