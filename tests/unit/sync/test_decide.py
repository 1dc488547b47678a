"""Nobody silently wins: the decision about a document, by table and by property."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from sync.canonical import DocumentFields, changed, names_of
from sync.decide import Base, Do, decide, moved_base, settled_base
from tests.unit.sync.cast import INVOICE, but, documents, living

AGREED = Base(INVOICE, INVOICE)


@pytest.mark.parametrize(
    ("ours", "theirs", "do"),
    [
        ({}, {}, Do.NOTHING),
        ({"reference": "mine"}, {}, Do.PUSH),
        ({}, {"reference": "theirs"}, Do.PULL),
        ({"reference": "mine"}, {"due_date": None}, Do.MERGE),
        ({"reference": "mine"}, {"reference": "theirs"}, Do.CONFLICT),
        ({"reference": "same"}, {"reference": "same"}, Do.NOTHING),
        ({"is_alive": False}, {}, Do.PUSH),
        ({"is_alive": False, "reference": "mine"}, {}, Do.PUSH),
        ({"is_alive": False}, {"reference": "theirs"}, Do.MERGE),
        ({}, {"is_alive": False}, Do.PULL),
        ({"reference": "mine"}, {"is_alive": False}, Do.CONFLICT),
        ({"is_alive": False}, {"is_alive": False, "reference": "theirs"}, Do.NOTHING),
    ],
)
def test_what_follows_from_a_change_on_each_side(
    ours: dict[str, Any], theirs: dict[str, Any], do: Do
) -> None:
    assert decide(AGREED, but(**ours), but(**theirs)).do is do


def test_a_void_here_is_all_that_is_sent() -> None:
    decision = decide(AGREED, but(is_alive=False, reference="mine"), INVOICE)
    assert decision.push == {"is_alive"}


ALL = frozenset(names_of(INVOICE))


@pytest.mark.parametrize(
    ("ours", "theirs", "clashing"),
    [
        ({"reference": "mine"}, {}, {"reference"}),
        ({"reference": "mine"}, {"due_date": None}, {"reference"}),
        ({"is_alive": False}, {}, {"is_alive"}),
        ({"is_alive": False, "reference": "mine"}, {}, {"is_alive", "reference"}),
        ({"reference": "mine", "date": date(2026, 9, 1)}, {"reference": "theirs"}, {"date", "reference"}),
    ],
)
def test_what_xero_locks_is_a_conflict_and_its_version_takes_the_change_back(
    ours: dict[str, Any], theirs: dict[str, Any], clashing: set[str]
) -> None:
    here, there = but(**ours), but(**theirs)
    stuck, decision = frozenset(clashing), decide(AGREED, here, there, locked=ALL)
    assert (decision.do, decision.clashing, decision.locked) == (Do.CONFLICT, stuck, stuck)
    chosen = replace(INVOICE, **{name: getattr(here, name) for name in clashing})
    after = decide(Base(chosen, chosen), here, there, locked=ALL)
    assert (after.do, after.push) == (Do.PULL, frozenset())
    assert replace(here, **{name: getattr(there, name) for name in after.pull}) == there


@pytest.mark.parametrize("locked", [ALL, ALL - {"reference"}])
def test_a_lock_is_no_conflict_for_what_nobody_changed_here(locked: frozenset[str]) -> None:
    assert decide(AGREED, INVOICE, but(reference="theirs"), locked=locked).do is Do.PULL
    assert decide(AGREED, but(reference="same"), but(reference="same"), locked=locked).do is Do.NOTHING


def test_a_field_that_xero_leaves_open_is_sent() -> None:
    assert decide(AGREED, but(reference="mine"), INVOICE, locked=ALL - {"reference"}).do is Do.PUSH


def test_without_a_base_whatever_differs_clashes() -> None:
    assert decide(None, INVOICE, INVOICE).do is Do.NOTHING
    assert decide(None, INVOICE, but(reference="theirs")).clashing == {"reference"}


def test_a_value_that_xero_normalises_is_not_pushed_for_ever() -> None:
    """We sent 1250.005, Xero holds 1250.01: both bases, and nothing changed since."""
    normalised = but(reference="Flat 4, normalised")
    assert decide(Base(INVOICE, normalised), INVOICE, normalised).do is Do.NOTHING


@given(before=living, ours=documents, theirs=documents)
def test_no_change_of_either_side_is_lost(
    before: DocumentFields, ours: DocumentFields, theirs: DocumentFields
) -> None:
    """Every field that one side changed is sent, taken, agreed or shown as clashing."""
    decision = decide(Base(before, before), ours, theirs)
    here, there = changed(before, ours), changed(before, theirs)
    if decision.do is Do.CONFLICT:
        assert decision.clashing <= here | there
    elif ours.is_alive and theirs.is_alive:
        assert decision.push | decision.pull | decision.agreed == here | there
        assert decision.push <= here
        assert decision.pull <= there


@given(before=living, ours=documents, theirs=documents)
def test_both_sides_are_equal_once_it_is_carried_out(
    before: DocumentFields, ours: DocumentFields, theirs: DocumentFields
) -> None:
    base = Base(before, before)
    decision = decide(base, ours, theirs)
    if decision.do is Do.CONFLICT:
        return
    here = replace(ours, **{name: getattr(theirs, name) for name in decision.pull})
    after = moved_base(base, ours, theirs, decision)
    sent = {name: getattr(here, name) for name in decision.push}
    there = replace(theirs, **sent)
    settled = settled_base(after, sent, there)
    if here.is_alive and there.is_alive:
        assert here == there
    assert here.is_alive == there.is_alive
    assert decide(settled, here, there).do is Do.NOTHING


@given(before=living, ours=documents, theirs=documents)
def test_the_other_side_changing_nothing_never_makes_a_conflict(
    before: DocumentFields, ours: DocumentFields, theirs: DocumentFields
) -> None:
    base = Base(before, before)
    assert decide(base, ours, before).do in (Do.NOTHING, Do.PUSH)
    assert decide(base, before, theirs).do in (Do.NOTHING, Do.PULL)
