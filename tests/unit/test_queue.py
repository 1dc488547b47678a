"""Several companies, one after the other: what each needs, and who is next."""

import pytest

from integrations.models import Connection
from integrations.queue import Queue, Turn, next_after, turn_of

State = Connection.State
ONE, TWO, THREE = (Turn(number, f"Company {number}", "xero-reconnect", "", True) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("state", "is_bound", "page"),
    [
        (State.REVOKED, True, "xero-reconnect"),
        (State.AWAITING_DATE, True, "xero-sync-from"),
        (State.DISCONNECTED, True, "xero-reconnect"),
        (State.DISCONNECTED, False, "xero-connect"),
    ],
)
def test_each_begins_on_its_own_page(state: str, is_bound: bool, page: str) -> None:
    turn = turn_of(7, "Harbour View Ltd", state, is_bound=is_bound)
    assert turn is not None
    assert turn.page == page
    assert "Harbour View Ltd" in turn.act


def test_a_connected_company_needs_nothing() -> None:
    assert turn_of(7, "Harbour View Ltd", State.CONNECTED, is_bound=True) is None


def test_the_next_one_is_the_one_after_and_what_was_left_out_comes_last() -> None:
    waiting = (ONE, TWO, THREE)
    assert next_after(waiting, 1) == TWO
    assert next_after(waiting, 2) == THREE
    assert next_after(waiting, 3) == ONE


def test_from_a_company_that_is_done_the_first_that_waits_is_next() -> None:
    assert next_after((TWO, THREE), 1) == TWO


def test_a_company_is_never_its_own_next() -> None:
    assert next_after((ONE,), 1) is None


def test_progress_is_over_all() -> None:
    queue = Queue((ONE, TWO), done=6)
    assert (queue.total, queue.percent) == (8, 75)
    assert Queue((), done=0).percent == 100
