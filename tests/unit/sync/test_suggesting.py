"""Suggestions are careful: a wrong one books money to the wrong place."""

from decimal import Decimal
from uuid import UUID

import pytest

from sync.matching.near_names import Person, near_ones
from sync.matching.suggesting import EXPENSE, INCOME, Item, Suggestion, suggest
from sync.models.matching import Sort

IN, OUT, BOTH = frozenset({INCOME}), frozenset({EXPENSE}), frozenset({INCOME, EXPENSE})
ID = UUID(int=1)


def account(key: str, name: str, sides: frozenset[str] = OUT) -> Item:
    return Item(key, name, sides)


def suggested(ours: Item, *theirs: Item, sort: str = Sort.ACCOUNT) -> Suggestion | None:
    return suggest(sort, ours, theirs)


def test_the_same_code_is_exact() -> None:
    found = suggested(account("408", "Cleaning"), account("410", "Cleaning"), account("408", "Cleaners"))
    assert found == Suggestion("408", "same code", is_exact=True)


def test_the_same_code_on_the_other_side_is_not_exact() -> None:
    found = suggested(account("200", "Sales", IN), account("200", "Wages"), account("4000", "Sales", IN))
    assert found == Suggestion("4000", "same name")


def test_a_deposit_is_a_liability_and_may_be_used_on_either_side() -> None:
    found = suggested(account("850", "Deposits", IN), account("850", "Deposits", frozenset()))
    assert found is not None
    assert found.is_exact


def test_the_same_name_but_for_its_spelling() -> None:
    found = suggested(account("473", "Repairs & Maintenance"), account("6200", "Repairs and maintenance"))
    assert found == Suggestion("6200", "same name")


def test_a_similar_name() -> None:
    found = suggested(
        account("400", "Advertising & Marketing"), account("61", "Advertising"), account("62", "Travel")
    )
    assert found == Suggestion("61", "similar name")


def test_nothing_is_guessed_across_income_and_expenses() -> None:
    assert suggested(account("260", "Insurance", IN), account("433", "Insurance", OUT)) is None


def test_words_that_every_account_has_are_no_likeness() -> None:
    assert suggested(account("441", "Legal Expenses"), account("429", "General Expenses")) is None


def test_of_two_equally_likely_ones_neither_is_suggested() -> None:
    assert (
        suggested(account("473", "Repairs"), account("1", "Repairs North"), account("2", "Repairs South"))
        is None
    )
    assert suggested(account("473", "Repairs"), account("1", "Repairs"), account("2", "repairs")) is None


def rate(key: str, name: str, percent: str, sides: frozenset[str]) -> Item:
    return Item(key, name, sides, Decimal(percent))


OUTPUT = rate("OUTPUT2", "20% (VAT on Income)", "20", IN)


def test_the_only_tax_rate_of_the_same_percentage_and_side() -> None:
    found = suggested(
        OUTPUT,
        rate("TAX001", "Standard", "20", IN),
        rate("TAX002", "Standard in", "20", OUT),
        sort=Sort.TAX_TYPE,
    )
    assert found == Suggestion("TAX001", "same rate")


def test_a_tax_type_that_serves_both_sides_here_needs_one_that_does_there() -> None:
    none = rate("NONE", "No VAT", "0", BOTH)
    assert suggested(none, rate("ZERO", "Zero", "0", IN), sort=Sort.TAX_TYPE) is None
    found = suggested(none, rate("FREE", "Nothing", "0", BOTH), sort=Sort.TAX_TYPE)
    assert found == Suggestion("FREE", "same rate")


def test_among_several_of_nothing_per_cent_the_name_decides() -> None:
    ours = rate("EXEMPTOUTPUT", "Exempt Income", "0", IN)
    theirs = (rate("T0", "Zero Rated Income", "0", IN), rate("T1", "Exempt, Income", "0", IN))
    assert suggested(ours, *theirs, sort=Sort.TAX_TYPE) == Suggestion("T1", "same name")
    assert suggested(ours, theirs[0], rate("T2", "Other Zero", "0", IN), sort=Sort.TAX_TYPE) != Suggestion(
        "T2", "same rate"
    )


def test_another_percentage_is_never_suggested() -> None:
    assert suggested(OUTPUT, rate("OUTPUT", "20% (VAT on Income)", "17.5", IN), sort=Sort.TAX_TYPE) is None


def test_tracking_by_its_name_alone() -> None:
    ours = Item("Building", "Building")
    theirs = (Item("BUILDING", "BUILDING"), Item("Builders", "Builders"))
    assert suggested(ours, *theirs, sort=Sort.TRACKING_CATEGORY) == Suggestion("BUILDING", "same name")
    flats = (Item("B\x1fFlat 1", "Flat 1"), Item("B\x1fFlat 3", "Flat 3"))
    assert suggested(Item("B\x1fFlat 2", "Flat 2"), *flats, sort=Sort.TRACKING_OPTION) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (Person(1, "Ferris & Cole Ltd"), Person(ID, "Ferris and Cole Limited"), "nearly the same name"),
        (Person(1, "O’Neill, Sons"), Person(ID, "ONeill Sons"), "nearly the same name"),
        (
            Person(1, "R Khan", "r@khan.example"),
            Person(ID, "Rashid Khan", "R@khan.example"),
            "same email address",
        ),
        (Person(1, "R Khan"), Person(ID, "Rashid Khan"), ""),
        (Person(1, "Moorland Water"), Person(ID, "moorland water"), ""),
        (Person(1, "–"), Person(ID, "?"), ""),
    ],
)
def test_near_contacts(ours: Person[int], theirs: Person[UUID], reason: str) -> None:
    """The same name in another case is linked without asking."""
    assert [near.reason for near in near_ones([ours], [theirs])] == ([reason] if reason else [])


def test_a_contact_that_has_a_namesake_is_not_asked_about() -> None:
    theirs = [Person(ID, "Ferris Ltd"), Person(UUID(int=2), "Ferris Limited")]
    assert near_ones([Person(1, "Ferris Ltd")], theirs) == []
