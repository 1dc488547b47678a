"""What only an operator does, at the command line: clear answers, everything on record."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from integrations.models import Connection, Event
from integrations.signals import organisation_released
from tests.factories.cast import Cast, assemble
from tests.factories.integrations import connection as make_connection
from tests.factories.portfolio import CompanyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_all_time_can_be_set_again(cast: Cast) -> None:
    made = make_connection(cast.harbour_view)
    assert "sync from all time" in said("set_sync_from", "Harbour View Ltd", "--all-time")
    made.refresh_from_db()
    assert made.all_time
    assert made.sync_from is None
    event = Event.objects.get(what="date_changed")
    assert event.before["sync_from"] == "2025-01-01"
    assert event.after["all_time"] is True


def test_a_date_can_be_set_by_id(cast: Cast) -> None:
    made = make_connection(cast.harbour_view)
    said("set_sync_from", str(cast.harbour_view.pk), "--date", "2024-04-01")
    made.refresh_from_db()
    assert made.sync_from == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Nobody Ltd", "--all-time"], "There is no company"),
        (["Castlegate Estates Ltd", "--all-time"], "never been connected"),
        (["Twin Ltd", "--all-time"], "Several companies"),
        (["Harbour View Ltd"], "required"),
        (["Harbour View Ltd", "--date", "soon"], "invalid"),
    ],
)
def test_mistakes_are_named(cast: Cast, arguments: list[str], message: str) -> None:
    CompanyFactory.create(account=cast.account, name="Twin Ltd")
    CompanyFactory.create(account=cast.foreign_company.account, name="Twin Ltd")
    with pytest.raises(CommandError, match=message):
        said("set_sync_from", *arguments)


def test_a_disconnected_company_can_be_released_with_a_reason(cast: Cast) -> None:
    made = make_connection(cast.harbour_view, Connection.State.DISCONNECTED)
    heard: list[Connection] = []

    def hear(connection: Connection, **_: object) -> None:
        heard.append(connection)

    organisation_released.connect(hear)
    try:
        said("release_organisation", "Harbour View Ltd", "--reason", "books moved to a new file")
    finally:
        organisation_released.disconnect(hear)
    made.refresh_from_db()
    assert made.xero_tenant_id is None
    assert heard == [made]
    assert "books moved" in Event.objects.get(what="released").says


def test_a_connected_company_is_not_released(cast: Cast) -> None:
    make_connection(cast.harbour_view)
    with pytest.raises(CommandError, match="disconnect it first"):
        said("release_organisation", "Harbour View Ltd", "--reason", "x")
