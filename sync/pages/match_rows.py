"""The matching as a form: one select for each word of ours, and what was chosen in it. Pure.

Fields and values are named by what they stand for and not by their place, so that a chart that changed while
somebody was choosing never turns one choice into another.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.matching.standing import Choice, Row, label_of
from sync.models import Match
from sync.models.matching import Sort

How = Match.How
AS_IT_IS = "as-it-is"
TITLES = {
    Sort.ACCOUNT: "Accounts",
    Sort.TAX_TYPE: "Tax types",
    Sort.TRACKING_CATEGORY: "Tracking categories",
    Sort.TRACKING_OPTION: "Tracking options",
}
GROUPS = (("income", "Income"), ("expense", "Expenses"), ("", "Others"))
LACKS = {
    "missing": "is not in Xero",
    "archived": "is archived in Xero",
    "side": "is on the other side in Xero (income, expenses)",
}
WHYS = {
    How.EXACT: "the same in Xero",
    How.SUGGESTED: "our suggestion, taken",
    How.PERSON: "chosen",
    How.KEPT: "sent as it is",
}
Word = tuple[str, str]
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """One select. `selected` is what it shows first; `groups` are its options by heading, "" for none."""

    row: Row
    name: str
    selected: str
    groups: list[tuple[str, Options]]

    @property
    def says(self) -> str:
        """In a few words: what is wrong with it, what is suggested and why, or how it came about."""
        row = self.row
        lack = f"{row.theirs if row.how else row.ours} {LACKS[row.lack]}" if row.lack in LACKS else ""
        lack = lack.replace("\x1f", ": ")
        if row.how:
            return lack or WHYS[How(row.how)]
        found = f"suggested: {row.suggestion.reason}" if row.suggestion else "nothing similar in Xero"
        return "; ".join(one for one in (lack, found) if one)

    @property
    def state(self) -> tuple[str, str, str]:
        """Colour, word, shape."""
        if self.row.is_open:
            return "unavailable", "To decide", "waiting"
        if self.row.lack:
            return "revoked", "Xero would refuse it", "refused"
        return "connected", "Matched", "connected"


@dataclass(frozen=True)
class Section:
    """All of one sort: what is asked about, and what is the same on both sides anyway."""

    sort: str
    title: str
    asked: list[Asked]
    same: list[Row]

    @property
    def open(self) -> int:
        return sum(one.row.is_open for one in self.asked)

    @property
    def total(self) -> int:
        return len(self.asked) + len(self.same)


def sections(rows: Iterable[Row], *, with_same: bool) -> list[Section]:
    """By sort; what is the same on both sides is asked about only `with_same`."""
    every = list(rows)
    return [
        Section(sort, title, [asked(row) for row in mine if with_same or not _is_same(row)],
                [row for row in mine if _is_same(row) and not with_same])
        for sort, title in TITLES.items()
        if (mine := [row for row in every if row.sort == sort])
    ]  # fmt: skip


def asked(row: Row) -> Asked:
    return Asked(row, f"match-{_token(row.sort, row.ours)}", _selected(row), _groups(row))


def chosen(rows: Iterable[Row], posted: Mapping[str, str]) -> tuple[dict[Word, str | None], bool]:
    """{(sort, ours): theirs, or None for as it is} of what is new; and whether all of it is still offered."""
    found: dict[Word, str | None] = {}
    is_known = True
    for row in rows:
        one = asked(row)
        value = posted.get(one.name, "")
        if not value or (value == one.selected and not row.is_open):
            continue
        keys = {_token(choice.key): choice.key for choice in row.choices}
        if value == AS_IT_IS or value in keys:
            found[row.sort, row.ours] = keys.get(value)
        else:
            is_known = False
    return found, is_known


def _is_same(row: Row) -> bool:
    return row.how == How.EXACT and not row.lack


def _selected(row: Row) -> str:
    if row.how == How.KEPT and not _is_offered(row, row.ours):
        return AS_IT_IS
    if row.how:
        return _token(row.theirs)
    return _token(row.suggestion.theirs) if row.suggestion else ""


def _groups(row: Row) -> list[tuple[str, Options]]:
    first: Options = []
    if row.is_open and row.suggestion is None:
        first.append(("", "Choose…"))
    if row.how and row.how != How.KEPT and not _is_offered(row, row.theirs):
        first.append((_token(row.theirs), label_of(row.sort, row.theirs, row.theirs_name)))
    if not _is_offered(row, row.ours):
        first.append((AS_IT_IS, f"Send {_short(row)} as it is"))
    return [*([("", first)] if first else []), *_by_side(row.choices)]


def _by_side(choices: Iterable[Choice]) -> list[tuple[str, Options]]:
    every = list(choices)
    if not any(one.side for one in every):
        return [("", [(_token(one.key), one.label) for one in every])] if every else []
    return [
        (heading, [(_token(one.key), one.label) for one in every if one.side == side])
        for side, heading in GROUPS
        if any(one.side == side for one in every)
    ]


def _is_offered(row: Row, key: str) -> bool:
    return any(choice.key == key for choice in row.choices)


def _short(row: Row) -> str:
    return row.label if row.sort == Sort.TRACKING_OPTION else row.ours


def _token(*parts: str) -> str:
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:16]
