"""Our words and Xero's: what is sent, what is taken over, and that neither goes on for ever."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import DocumentFields, Lines
from sync.decide import Base, Do, decide, moved_base
from sync.matching.translating import Book, Words, inward, outward
from tests.unit.sync.cast import INVOICE

CODES = ("200", "201", "205", "210")
LINE = INVOICE.lines.items[0]


def words(active: tuple[str, ...] = CODES, back: dict[str, str] | None = None, **accounts: Any) -> Words:
    """`_200="205"`: our 200 is Xero's 205."""
    out = {ours.removeprefix("_"): theirs for ours, theirs in accounts.items()}
    first: dict[str, str] = {}
    for ours, theirs in out.items():
        first.setdefault(theirs, ours)
    return Words(accounts=Book(out, first if back is None else back, frozenset(active)), is_empty=False)


def booked(*codes: str, tracking: tuple[tuple[str, str], ...] = ()) -> DocumentFields:
    items = tuple(replace(LINE, account_code=code, tracking=tracking) for code in codes)
    return replace(INVOICE, lines=Lines("Exclusive", "GBP", items))


def codes(fields: DocumentFields) -> list[str]:
    return [line.account_code for line in fields.lines.items]


def test_nothing_is_made_anew_where_nothing_is_matched() -> None:
    assert outward(Words(), INVOICE) is INVOICE
    assert inward(Words(), INVOICE) is INVOICE


def test_there_and_back() -> None:
    matched = words(_200="205")
    assert codes(outward(matched, booked("200", "473"))) == ["205", "473"]
    assert codes(inward(matched, booked("205", "473"))) == ["200", "473"]


def test_of_several_that_are_one_in_xero_a_line_keeps_its_own() -> None:
    many = words(_200="205", _201="205")
    ours = booked("201", "200")
    read = inward(many, booked("205", "205"), ours.lines.items)
    assert codes(read) == ["201", "200"]
    assert codes(inward(many, booked("205"))) == ["200"]


def test_several_that_are_one_in_xero_are_never_sent_for_ever() -> None:
    many = words(_200="205", _201="205")
    ours, theirs = booked("201"), outward(many, booked("201"))
    base = Base(ours, theirs)
    read = inward(many, theirs, ours.lines.items, base)
    assert decide(base, ours, theirs, read).do is Do.NOTHING


def test_a_changed_match_sends_nothing_that_was_agreed_to() -> None:
    ours, theirs = booked("200"), booked("205")
    base, later = Base(ours, theirs), words(_200="210")
    read = inward(later, theirs, ours.lines.items, base)
    assert decide(base, ours, theirs, read).do is Do.NOTHING
    edited = booked("200", "200")
    assert codes(outward(later, edited, base)) == ["205", "205"]


def test_an_agreed_account_that_can_not_be_used_any_more_gives_way() -> None:
    base = Base(booked("200"), booked("205"))
    assert codes(outward(words(active=("210",), _200="210"), booked("200", "200"), base)) == ["210", "210"]


def test_somebody_books_it_elsewhere_in_xero() -> None:
    matched = words(_200="205")
    base = Base(booked("200"), booked("205"))
    read = inward(matched, booked("433"), booked("200").lines.items, base)
    decision = decide(base, booked("200"), booked("433"), read)
    assert (decision.do, codes(read)) == (Do.PULL, ["433"])
    assert moved_base(base, booked("200"), booked("433"), decision, read) == Base(
        booked("433"), booked("433")
    )


def test_what_both_sides_changed_to_the_same_is_agreed_in_each_sides_words() -> None:
    matched = words(_200="205")
    before = booked("473")
    ours, theirs = booked("200"), booked("205")
    decision = decide(Base(before, before), ours, theirs, inward(matched, theirs, ours.lines.items))
    assert decision.agreed == {"lines"}
    assert moved_base(Base(before, before), ours, theirs, decision) == Base(ours, theirs)


def test_ours_that_bears_the_name_that_another_is_sent_under_stays() -> None:
    """Our 205 exists and is sent as it is: Xero's 205 is that one, though our 200 is sent so too."""
    matched = words(back={"205": "205"}, _200="205")
    assert codes(inward(matched, booked("205"))) == ["205"]
    assert codes(inward(matched, booked("205"), booked("200").lines.items)) == ["200"]


def test_tracking_moves_with_its_category_or_by_itself() -> None:
    matched = Words(
        categories=Book({"Block": "Property"}, {"Property": "Block"}),
        options=Book({"Block\x1fEast": "Region\x1fE"}, {"Region\x1fE": "Block\x1fEast"}),
        is_empty=False,
    )
    for ours, theirs in ((("Block", "West"), ("Property", "West")), (("Block", "East"), ("Region", "E"))):
        sent = outward(matched, booked("200", tracking=(ours,)))
        assert sent.lines.items[0].tracking == (theirs,)
        assert inward(matched, sent).lines.items[0].tracking == (ours,)


@given(
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(CODES)),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(CODES)),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=3),
    st.sets(st.sampled_from(CODES)),
)
def test_whatever_is_matched_what_was_sent_is_agreed_and_stays_so(
    first: dict[str, str], later: dict[str, str], ours: list[str], active: set[str]
) -> None:
    """However the matches change afterwards: no push, no pull, and the lines still come back as ours."""
    before, after = (
        words(tuple(active), None, **{f"_{one}": other for one, other in found.items()})
        for found in (first, later)
    )
    held = booked(*ours)
    there = outward(before, held)
    base = Base(held, there)
    read = inward(after, there, held.lines.items, base)
    assert decide(base, held, there, read).do is Do.NOTHING
    assert read == held
