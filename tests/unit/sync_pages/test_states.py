"""Every document answers “Why isn’t this in Xero?” in one sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sync import standing
from sync.states import STATES, Facts, plain, state_of

FACTS = Facts(standing=standing.WAITING, company="Harbour View Ltd", number="1234567", dated=date(2025, 3, 3))
AT = datetime(2026, 9, 14, 8, 12, tzinfo=UTC)


def why(**facts: object) -> str:
    return state_of(replace(FACTS, **facts)).why  # type: ignore[arg-type]


def test_every_standing_has_a_state() -> None:
    names = {name for name, _ in standing.STANDINGS} | {standing.WAITING}
    assert set(STATES) == names


@pytest.mark.parametrize("name", sorted(STATES))
def test_every_state_has_a_word_a_shape_a_colour_and_one_sentence(name: str) -> None:
    state = state_of(replace(FACTS, standing=name))
    assert state.word
    assert state.icon
    assert state.tone in ("connected", "syncing", "unavailable", "revoked", "off")
    assert state.why.endswith(".")


def test_a_loss_is_told_with_its_time_and_its_end() -> None:
    said = why(connection="revoked", trouble="lost", since=AT)
    assert said == (
        "Harbour View Ltd lost its access to Xero on 14 Sep 2026, 09:12; "
        "once the company is reconnected, it goes to Xero by itself."
    )


def test_an_outage_is_no_loss() -> None:
    state = state_of(replace(FACTS, connection="connected", trouble="unavailable", since=AT))
    assert "unavailable since 09:12" in state.why
    assert state.tone == "unavailable"


def test_waiting_in_good_order_is_calm() -> None:
    assert state_of(replace(FACTS, connection="connected")).tone == "syncing"


def test_the_sync_from_date_is_named_beside_the_document_s_own() -> None:
    said = why(standing=standing.HELD, sync_from=date(2025, 4, 1))
    assert "dated 3 Mar 2025, before the sync-from date 1 Apr 2025" in said


def test_people_who_cannot_reconnect_are_not_told_what_is_wrong() -> None:
    told = plain(state_of(replace(FACTS, connection="revoked", trouble="lost", since=AT)))
    assert (told.word, told.short) == ("Waiting for Xero", "")
    assert "lost" not in told.why


def test_refusals_are_everybody_s_business() -> None:
    refused = state_of(
        replace(FACTS, standing=standing.REFUSED, problem="Account code 310 is archived. Restore it.")
    )
    assert plain(refused) == refused
    assert refused.short == "Account code 310 is archived"


def test_the_note_asks_for_the_change_where_the_document_is_there() -> None:
    assert state_of(FACTS).question == "Why isn’t this in Xero?"
    there = replace(FACTS, is_there=True)
    assert state_of(there).question == "Why isn’t this change in Xero?"
    assert state_of(replace(there, standing=standing.EXCLUDED)).question == "Why aren’t changes shared?"
    assert state_of(replace(there, standing=standing.CONFLICT)).question == "Why is Xero’s different?"


def test_to_those_who_are_not_told_why_every_wait_looks_the_same() -> None:
    waits = [
        replace(FACTS, connection="connected"),
        replace(FACTS, connection="revoked", trouble="lost", since=AT),
        replace(FACTS, connection="connected", trouble="unavailable", since=AT),
        replace(FACTS, connection="awaiting_date"),
        replace(FACTS, connection="connected", is_halted=True),
    ]
    assert len({plain(state_of(one)) for one in waits}) == 1
