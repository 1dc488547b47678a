"""Contacts of both sides that are probably the same, though their names differ a little. Pure.

The same name, whatever its case, is linked without asking. What is asked about shares all its words
(Ltd and Limited, & and and, punctuation aside) or its email address.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from sync.matching.names import words_in

Id = TypeVar("Id", int, UUID)
SAME_WORDS, SAME_EMAIL = "nearly the same name", "same email address"
MOST_EACH = 3


@dataclass(frozen=True, slots=True)
class Person(Generic[Id]):
    """A contact of one side."""

    id: Id
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A contact of ours and one of Xero's, and why they may be one."""

    ours: Person[int]
    theirs: Person[UUID]
    reason: str


Groups = dict[Hashable, list[Person[UUID]]]


def near_ones(ours: Sequence[Person[int]], theirs: Sequence[Person[UUID]]) -> list[Near]:
    """Of those that no namesake settles. A few of Xero's at most for each of ours, names before addresses."""
    both = {one.name.casefold() for one in ours} & {one.name.casefold() for one in theirs}
    mine = [one for one in ours if one.name.casefold() not in both]
    others = [one for one in theirs if one.name.casefold() not in both]
    by_words, by_email = _grouped(others, _words), _grouped(others, _email)
    return [near for one in mine for near in _of(one, by_words, by_email)]


def _of(one: Person[int], by_words: Groups, by_email: Groups) -> Iterator[Near]:
    named = by_words.get(_words(one), [])[:MOST_EACH]
    yield from (Near(one, other, SAME_WORDS) for other in named)
    posted = [other for other in by_email.get(_email(one), []) if other not in named] if one.email else []
    yield from (Near(one, other, SAME_EMAIL) for other in posted[: MOST_EACH - len(named)])


def _grouped(rows: Iterable[Person[UUID]], key: Callable[[Person[UUID]], Hashable]) -> Groups:
    found: Groups = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def _words(one: Person[int] | Person[UUID]) -> Hashable:
    return words_in(one.name) or one.name


def _email(one: Person[int] | Person[UUID]) -> Hashable:
    return one.email.strip().casefold() or one.id
