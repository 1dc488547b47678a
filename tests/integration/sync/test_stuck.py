"""A company at which our own code fails stops only itself, and says so; an operator is told once it lasts."""

from unittest.mock import patch

import pytest

from integrations.models import Connection, OperatorAlert
from sync.models import Schedule
from sync.pages.overview import overview
from sync.states import states_for
from sync.turn import take_turn
from tests.integration.sync.conftest import again, approved, sync


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def fail(connection: Connection) -> None:
    Schedule.objects.update(held_until=None)
    with patch("sync.turn.settle_open", side_effect=KeyError("unforeseen")), pytest.raises(KeyError):
        take_turn(connection.pk)


def alerts() -> list[str]:
    return list(OperatorAlert.objects.filter(kind=OperatorAlert.Kind.STUCK).values_list("says", flat=True))


def test_it_is_told_to_the_operator_and_on_its_page(synced: Connection) -> None:
    made = approved(synced)
    for _ in range(Schedule.STUCK_AFTER - 1):
        fail(synced)
    assert alerts() == []
    assert "error of ours" in Schedule.objects.get().held_because
    fail(synced)
    fail(synced)
    (says,) = alerts()
    assert str(synced.company) in says
    assert "KeyError" in says
    sync(synced)
    assert not again(made).is_pending
    assert Schedule.objects.get().failures == 0


def test_its_people_are_told_too_until_it_works_again(synced: Connection) -> None:
    made = approved(synced)
    word, short = "Connected", ""
    for _ in range(Schedule.STUCK_AFTER):
        assert overview(synced.company).condition.word == word
        assert states_for([made])[made.pk].short == short
        fail(synced)
    assert overview(synced.company).condition.word == "Sync is stuck"
    assert states_for([made])[made.pk].short == "sync is stuck"
    sync(synced)
    assert overview(synced.company).condition.word == word
