"""Xero's `where` grammar (docs/xero.md C): comparisons, AND/OR, Guid(...), DateTime(...), Contains.

`compile_where` turns the text into a predicate over an item; what it cannot read is a QueryParseException.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.errors import QueryParse

Predicate = Callable[[Any], bool]
Getter = Callable[[Any], Any]

_TOKEN = re.compile(
    r"""\s*(?:(?P<op>==|!=|<>|>=|<=|=|>|<)|(?P<and>&&|AND\b)|(?P<or>\|\||OR\b)|(?P<open>\()|(?P<close>\))|(?P<comma>,)
    |(?P<text>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<not>!)|(?P<name>[A-Za-z][A-Za-z.]*))""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: bool(a == b),
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<>": lambda a, b: bool(a != b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
}
_METHODS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda a, b: b in a,
    "startswith": lambda a, b: a.startswith(b),
    "endswith": lambda a, b: a.endswith(b),
}


def names_in(text: str) -> set[str]:
    """The fields that a filter asks about, by lower-case name and without their methods."""
    words = {word.lower() for kind, word in _tokens(text) if kind == "name"}
    stems = {word.rpartition(".")[0] if word.rpartition(".")[2] in _METHODS else word for word in words}
    return stems - {"guid", "datetime", "true", "false", "null"}


def compile_where(text: str, fields: dict[str, Getter]) -> Predicate:
    return _Parser(text, fields).parse()


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise QueryParse("Syntax error")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Parser:
    def __init__(self, text: str, fields: dict[str, Getter]) -> None:
        self._left = _tokens(text)
        self._fields = fields

    def parse(self) -> Predicate:
        found = self._any()
        if self._left:
            raise QueryParse("Syntax error")
        return found

    def _any(self) -> Predicate:
        parts = [self._all()]
        while self._peek() == "or":
            self._take("or")
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda item: any(part(item) for part in parts)

    def _all(self) -> Predicate:
        parts = [self._one()]
        while self._peek() == "and":
            self._take("and")
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda item: all(part(item) for part in parts)

    def _one(self) -> Predicate:
        if self._peek() == "not":
            self._take("not")
            inner = self._one()
            return lambda item: not inner(item)
        if self._peek() == "open":
            self._take("open")
            found = self._any()
            self._take("close")
            return found
        return self._comparison()

    def _comparison(self) -> Predicate:
        name = self._take("name")
        stem, _, method = name.rpartition(".")
        if method.lower() in _METHODS:
            return self._method(stem, method.lower())
        get = self._getter(name)
        compare = _COMPARE[self._take("op")]
        wanted = self._value()
        return lambda item: _compared(compare, get(item), wanted)

    def _method(self, stem: str, method: str) -> Predicate:
        get, test = self._getter(stem), _METHODS[method]
        self._take("open")
        wanted = str(self._value())
        self._take("close")
        return lambda item: test(str(get(item) or "").lower(), wanted)

    def _getter(self, name: str) -> Getter:
        found = self._fields.get(name.lower())
        if found is None:
            raise QueryParse(f"No property or field '{name}' exists in type 'Item'")
        return found

    def _value(self) -> Any:
        kind = self._peek()
        if kind == "text":
            return self._take("text")[1:-1].lower()
        if kind == "number":
            return Decimal(self._take("number"))
        word = self._take("name").lower()
        if word in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[word]
        if word in ("guid", "datetime"):
            return self._called(word)
        raise QueryParse("Expression expected")

    def _called(self, word: str) -> Any:
        self._take("open")
        found = [self._value()]
        while self._peek() == "comma":
            self._take("comma")
            found.append(self._value())
        self._take("close")
        try:
            return found[0] if word == "guid" else date(*(int(part) for part in found[:3]))
        except (TypeError, ValueError) as broken:
            raise QueryParse("Expression expected") from broken

    def _peek(self) -> str | None:
        return self._left[0][0] if self._left else None

    def _take(self, kind: str) -> str:
        if self._peek() != kind:
            raise QueryParse("Expression expected")
        return self._left.pop(0)[1]


def _compared(compare: Callable[[Any, Any], bool], have: Any, wanted: Any) -> bool:
    """Text compares case-insensitively; what is not there equals only null."""
    have = have.lower() if isinstance(have, str) else have
    if wanted is None:
        return compare(have or None, None) if compare in (_COMPARE["=="], _COMPARE["!="]) else False
    if have is None:
        return compare is _COMPARE["!="]
    try:
        return compare(have, wanted)
    except TypeError as broken:
        raise QueryParse("Operator incompatible with operand types") from broken
