"""The vault's seconds hang together; a change that breaks the chain fails here and not at a customer's."""

from dataclasses import replace

import pytest

from integrations.xero.kinds import Kind, Verdict
from integrations.xero.vault.outcome import End, Outcome
from integrations.xero.vault.settling import cooling
from integrations.xero.vault.timing import Timing


def test_a_call_ends_before_its_lock_can_be_lost_and_all_before_the_claim_may_be_taken_over() -> None:
    assert Timing().fits


@pytest.mark.parametrize("broken", [{"idle_limit": 12.0}, {"owner_lives": 50.0}, {"go_within": 40.0}])
def test_the_chain_notices_a_broken_link(broken: dict[str, float]) -> None:
    assert not replace(Timing(), **broken).fits


def test_healing_comes_well_inside_xeros_half_hour() -> None:
    seconds = Timing()
    assert seconds.owner_lives + seconds.may_send_until + seconds.has_landed < 30 * 60 / 2


def test_pauses_grow_up_to_five_minutes_and_are_spread() -> None:
    assert all(5 <= cooling(1, None, 300) <= 10 for _ in range(50))
    assert all(150 <= cooling(99, None, 300) <= 300 for _ in range(50))
    assert len({cooling(5, None, 300) for _ in range(50)}) > 40


def test_a_pause_is_never_shorter_than_xero_asks_for() -> None:
    assert cooling(1, 3_600.0, 300) >= 3_600.0


def test_an_outcome_shows_no_token() -> None:
    assert "secret" not in repr(Outcome(End.SAVED, access_token="secret"))
    assert "secret" not in repr(Verdict(Kind.FINE, "tokens", "A6", content={"access_token": "secret"}))
