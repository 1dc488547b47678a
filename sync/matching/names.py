"""Whether two names mean the same, said carefully: a wrong guess books money to the wrong place. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’`]")
SPELT = {"limited": "ltd", "company": "co", "incorporated": "inc", "corporation": "corp", "st": "street"}
ALIKE = 0.85


def words_in(name: str, noise: Iterable[str] = ()) -> tuple[str, ...]:
    """In lower case without punctuation, & as and, Limited as Ltd; noise counts only where it is all."""
    plain = APOSTROPHES.sub("", name.casefold()).replace("&", " and ")
    found = [SPELT.get(word, word) for word in WORD.findall(plain)]
    telling = [word for word in found if word not in set(noise)]
    return tuple(telling or found)


def is_same(one: str, other: str) -> bool:
    """The same but for case, punctuation and the usual short forms."""
    return bool(words_in(one)) and words_in(one) == words_in(other)


def likeness(one: str, other: str, noise: Iterable[str] = ()) -> float:
    """0 to 1: how much of both names is the same, by whole words or by letters, whichever is more."""
    noise = tuple(noise)
    ours, theirs = set(words_in(one, noise)), set(words_in(other, noise))
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs)
    spelt = SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs))).ratio()
    return max(shared, spelt if spelt >= ALIKE else 0.0)
