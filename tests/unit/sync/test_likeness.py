"""Which documents of both sides a person is asked about, and which go with which."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.pairs.likeness import Pair, Traits, alike, pair_up

OURS = Traits("1", "invoice", "1000042", "Flat 4", "c-1", "Pennine Cycles Ltd", date(2026, 9, 14),
              Decimal("1250.00"), "GBP")  # fmt: skip
THEIRS = replace(OURS, key="a", number="INV-0877", reference="PO 8841")


def there(**fields: Any) -> Traits:
    return replace(THEIRS, **fields)


ALIKE = [
    ("the same", {}, "Same contact, total and date", True),
    ("its reference too", {"reference": "flat  4"}, "Same contact, total, date and reference", True),
    ("two days apart", {"date": date(2026, 9, 16)}, "Same contact and total, dates 2 days apart", False),
    ("five days apart", {"date": date(2026, 9, 9)}, "Same contact and total, dates 5 days apart", False),
    ("a contact of the same name", {"contact": "c-9", "name": "PENNINE cycles Ltd "},
     "Same contact, total and date", True),
    (
        "a contact called nearly the same",
        {"contact": "c-9", "name": "Pennine Cycles Limited"},
        "Nearly the same contact, same total and date",
        False,
    ),
    ("a contact not linked yet", {"contact": "", "name": "Pennine Cycles Ltd"},
     "Same contact, total and date", True),
    ("our number", {"number": "1000042", "contact": "c-9", "name": "Other"},
     "Same number, total and date", False),
    ("our number as a reference, long ago", {"reference": "1000042", "date": date(2026, 3, 1)},
     "Same contact and total, dates 197 days apart; our number is Xero’s reference", False),
    ("its number as our reference", {"number": "Flat 4", "contact": "c-9", "name": "Other"},
     "Same total and date; our reference is Xero’s number", False),
]  # fmt: skip
UNLIKE = [
    ("another sort", {"kind": "bill", "number": "1000042"}),
    ("a penny more", {"total": Decimal("1250.01"), "number": "1000042"}),
    ("another currency", {"currency": "EUR", "number": "1000042"}),
    ("six days apart", {"date": date(2026, 9, 20)}),
    ("another contact", {"contact": "c-9", "name": "Other Ltd"}),
    ("the same reference a month later", {"reference": "Flat 4", "date": date(2026, 10, 14)}),
    ("no number on either side", {"number": "", "contact": "c-9", "name": "Other"}),
]


@pytest.mark.parametrize(
    ("fields", "says", "is_strong"), [row[1:] for row in ALIKE], ids=[row[0] for row in ALIKE]
)
def test_asked_about(fields: dict[str, Any], says: str, is_strong: bool) -> None:
    likeness = alike(OURS, there(**fields))
    assert likeness is not None
    assert (likeness.says, likeness.is_strong) == (says, is_strong)


@pytest.mark.parametrize("fields", [row[1] for row in UNLIKE], ids=[row[0] for row in UNLIKE])
def test_not_asked_about(fields: dict[str, Any]) -> None:
    assert alike(OURS, there(**fields)) is None


def test_nothing_is_like_nothing() -> None:
    bare = replace(OURS, number="", reference="", contact="", name="")
    assert alike(bare, there(number="", reference="", contact="", name="")) is None


def keys(pairs: list[Pair]) -> set[tuple[str, str]]:
    return {(pair.ours, pair.theirs) for pair in pairs}


def test_each_goes_with_its_closest() -> None:
    later = replace(OURS, key="2", number="1000043", date=OURS.date + timedelta(days=3))
    same, near = there(key="a"), there(key="b", date=later.date)
    assert keys(pair_up([OURS, later], [near, same])) == {("1", "a"), ("2", "b")}


def test_equally_close_ones_all_stay() -> None:
    assert keys(pair_up([OURS], [there(key="a"), there(key="b")])) == {("1", "a"), ("1", "b")}


def test_what_was_kept_apart_is_not_asked_again() -> None:
    found = pair_up([OURS], [there(key="a"), there(key="b")], frozenset({("1", "a")}))
    assert keys(found) == {("1", "b")}


def traits(prefix: str) -> st.SearchStrategy[list[Traits]]:
    one = st.builds(
        replace,
        st.just(OURS),
        number=st.sampled_from(["", "7", "8"]),
        reference=st.sampled_from(["", "7", "r"]),
        contact=st.sampled_from(["c-1", "c-2"]),
        name=st.sampled_from(["One", "Two"]),
        date=st.dates(date(2026, 9, 1), date(2026, 9, 9)),
        total=st.sampled_from([Decimal(1), Decimal(2)]),
    )
    named = st.lists(one, max_size=6)
    return named.map(lambda found: [replace(row, key=f"{prefix}{at}") for at, row in enumerate(found)])


@given(traits("o"), traits("t"))
def test_whatever_is_alike_is_in_a_pair_or_has_a_closer_rival(
    ours: list[Traits], theirs: list[Traits]
) -> None:
    found = pair_up(ours, theirs)
    best: dict[str, Any] = {}
    for pair in found:
        for key in (pair.ours, pair.theirs):
            best[key] = max(best.get(key, pair.likeness.closeness), pair.likeness.closeness)
    for here in ours:
        for other in theirs:
            likeness = alike(here, other)
            if likeness is None:
                assert (here.key, other.key) not in keys(found)
            elif (here.key, other.key) not in keys(found):
                rivals = [best[key] for key in (here.key, other.key) if key in best]
                assert max(rivals) > likeness.closeness


@given(traits("o"), traits("t"))
def test_a_document_is_in_several_pairs_only_if_they_are_equally_close(
    ours: list[Traits], theirs: list[Traits]
) -> None:
    found = pair_up(ours, theirs)
    for key in {key for pair in found for key in (pair.ours, pair.theirs)}:
        assert len({pair.likeness.closeness for pair in found if key in (pair.ours, pair.theirs)}) == 1


@given(traits("o"), traits("t"), st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(
    ours: list[Traits], theirs: list[Traits], shuffled: Any
) -> None:
    found = keys(pair_up(ours, theirs))
    shuffled.shuffle(ours)
    shuffled.shuffle(theirs)
    assert keys(pair_up(ours, theirs)) == found
