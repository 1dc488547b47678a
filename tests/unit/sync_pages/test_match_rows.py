"""The matching as a form: what each select shows first, and what a choice in it means."""

from typing import Any

import pytest

from sync.matching.standing import Choice, Row
from sync.matching.suggesting import Suggestion
from sync.models import Match
from sync.models.matching import Sort
from sync.pages.match_rows import AS_IT_IS, Asked, asked, chosen, sections

How = Match.How
SALES, RENT = Choice("200", "200 Sales", "income"), Choice("205", "205 Rental income", "income")
LAND = Choice("800", "800 Land", "")
REPAIRS = Choice("473", "473 Repairs", "expense")
EVERY = (SALES, RENT, LAND, REPAIRS)


def row(ours: str = "310", **fields: Any) -> Row:
    given: dict[str, Any] = {"sort": Sort.ACCOUNT, "name": "Rent", "documents": 3, "theirs": ours}
    return Row(ours=ours, **(given | {"choices": EVERY} | fields))


def shown(one: Asked) -> str:
    """The label of what is selected."""
    every = [option for _, options in one.groups for option in options]
    return next(label for value, label in every if value == one.selected)


@pytest.mark.parametrize(
    ("given", "label"),
    [
        (row(lack="missing"), "Choose…"),
        (row(lack="missing", suggestion=Suggestion("205", "similar name")), "205 Rental income"),
        (row(how=How.PERSON, theirs="800"), "800 Land"),
        (row(how=How.SUGGESTED, theirs="205"), "205 Rental income"),
        (row(how=How.KEPT), "Send 310 as it is"),
        (row("200", how=How.KEPT), "200 Sales"),
        (row("200", how=How.EXACT), "200 Sales"),
        (row(how=How.PERSON, theirs="260", theirs_name="Other", lack="archived"), "260 Other"),
        (row(how=How.KEPT, choices=()), "Send 310 as it is"),
    ],
)
def test_a_select_shows_how_it_stands(given: Row, label: str) -> None:
    assert shown(asked(given)) == label


def test_xeros_are_grouped_by_side_and_nothing_is_offered_twice() -> None:
    groups = asked(row("200", how=How.EXACT)).groups
    assert [heading for heading, _ in groups] == ["Income", "Expenses", "Others"]
    values = [value for _, options in groups for value, _ in options]
    assert len(values) == len(set(values)) == len(EVERY)


def test_a_suggestion_that_is_left_standing_is_taken() -> None:
    given = row(suggestion=Suggestion("205", "similar name"))
    one = asked(given)
    assert chosen([given], {one.name: one.selected}) == ({(Sort.ACCOUNT, "310"): "205"}, True)


def test_what_stays_as_it_was_is_no_choice() -> None:
    settled = row(how=How.PERSON, theirs="800")
    assert chosen([settled], {asked(settled).name: asked(settled).selected}) == ({}, True)
    assert chosen([settled, row()], {}) == ({}, True)
    assert chosen([row()], {asked(row()).name: ""}) == ({}, True)


def test_another_choice_and_as_it_is() -> None:
    settled = row(how=How.PERSON, theirs="800")
    one = asked(settled)
    sales = next(value for _, options in one.groups for value, label in options if label == "200 Sales")
    assert chosen([settled], {one.name: sales}) == ({(Sort.ACCOUNT, "310"): "200"}, True)
    assert chosen([settled], {one.name: AS_IT_IS}) == ({(Sort.ACCOUNT, "310"): None}, True)


def test_what_xero_no_longer_offers_is_not_taken_for_something_else() -> None:
    before = row()
    value = next(
        value for _, options in asked(before).groups for value, label in options if label == "800 Land"
    )
    now = row(choices=(SALES, RENT, REPAIRS))
    assert chosen([now], {asked(now).name: value}) == ({}, False)


@pytest.mark.parametrize(
    ("given", "says", "word"),
    [
        (row(lack="missing"), "310 is not in Xero; nothing similar in Xero", "To decide"),
        (row(lack="archived", suggestion=Suggestion("205", "same name")),
         "310 is archived in Xero; suggested: same name", "To decide"),
        (row(how=How.SUGGESTED, theirs="205"), "our suggestion, taken", "Matched"),
        (row(how=How.KEPT, lack="missing"), "310 is not in Xero", "Xero would refuse it"),
        (row(how=How.PERSON, theirs="260", lack="archived"), "260 is archived in Xero",
         "Xero would refuse it"),
    ],
)  # fmt: skip
def test_each_says_how_it_stands(given: Row, says: str, word: str) -> None:
    assert (asked(given).says, asked(given).state[1]) == (says, word)


def test_what_is_the_same_on_both_sides_is_not_asked_about_unless_wanted() -> None:
    rows = [row("200", how=How.EXACT), row(lack="missing")]
    (short,) = sections(rows, with_same=False)
    assert ([one.row.ours for one in short.asked], [one.ours for one in short.same]) == (["310"], ["200"])
    assert (short.total, short.open) == (2, 1)
    (whole,) = sections(rows, with_same=True)
    assert ([one.row.ours for one in whole.asked], whole.same) == (["200", "310"], [])


def test_an_option_is_named_with_its_category() -> None:
    given = row("Block\x1fWest", sort=Sort.TRACKING_OPTION, name="West", lack="missing", choices=())
    assert asked(given).says.startswith("Block: West is not in Xero")
    assert shown(asked(row("Block\x1fWest", sort=Sort.TRACKING_OPTION, how=How.KEPT, choices=()))) == (
        "Send Block: West as it is"
    )


def test_a_tax_type_goes_by_its_name() -> None:
    given = row("EXEMPTOUTPUT", sort=Sort.TAX_TYPE, name="Exempt Income", how=How.KEPT, choices=())
    assert given.label == "Exempt Income (EXEMPTOUTPUT)"
