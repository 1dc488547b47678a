"""While an operator has stopped sync, every page says so, and that nothing is lost; who may stop it."""

import pytest
from django.test import Client
from django.urls import reverse

from integrations.installation import pause
from integrations.models import Connection, Event, Installation
from integrations.stopping import stop_all, stop_connection
from released.clock import now
from released.web import gauges
from sync.models import Run
from sync.states import states_for
from tests.factories import connection as make_connection
from tests.factories import document
from tests.factories.cast import Cast, assemble

WHY = "Ticket 4711: wrong tax types"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def connection(cast: Cast) -> Connection:
    return make_connection(cast.harbour_view, connected_by=cast.admin)


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    client.force_login(cast.admin, backend=MODEL_BACKEND)
    return client


@pytest.fixture
def operator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.operator, backend=MODEL_BACKEND)
    return client


def seen(client: Client, name: str, *args: object) -> str:
    return " ".join(
        client.get(reverse(name, args=args), headers={"HX-Request": "true"}).content.decode().split()
    )


def test_one_that_is_stopped(connection: Connection, cast: Cast, admin: Client) -> None:
    made = document(cast.harbour_view)
    stop_connection(connection, by=cast.operator, reason=WHY)
    page = seen(admin, "xero", cast.harbour_view.pk)
    assert "An operator stopped the sync of Harbour View Ltd" in page
    assert f"Olu Operator stopped the sync: {WHY}" in page
    assert "Nothing is lost" in page
    assert "once sync is started again" in page
    assert "Sync Harbour View Ltd now" not in page
    home = seen(admin, "home")
    assert "by an operator; nothing is lost" in home
    assert "1 stopped by an operator" in home
    assert "by an operator; nothing is lost" in seen(admin, "add-ons")
    assert states_for([made])[made.pk].why.startswith("An operator has stopped the sync of Harbour View Ltd")


def test_all_that_are_stopped(connection: Connection, cast: Cast, admin: Client) -> None:
    made = document(cast.harbour_view)
    stop_all(by=None, reason=WHY)
    assert "An operator stopped the sync of all companies" in seen(admin, "xero", cast.harbour_view.pk)
    for name in ("home", "add-ons"):
        assert "by an operator, for all companies; nothing is lost" in seen(admin, name)
    assert states_for([made])[made.pk].short == "stopped by an operator"


def test_the_progress_stands_still_and_says_why(connection: Connection, cast: Cast, admin: Client) -> None:
    Run.objects.create(connection=connection, trigger=Run.Trigger.MANUAL, started_at=now(), began_at=now())
    stop_connection(connection, by=None, reason=WHY)
    page = seen(admin, "xero-progress", cast.harbour_view.pk)
    assert 'data-testid="progress-halted"' in page
    assert "every 2s" not in page


def test_while_paused_nobody_is_sent_to_xero(connection: Connection, cast: Cast, admin: Client) -> None:
    pause("copied")
    assert "Sync is paused for all companies" in seen(admin, "xero", cast.harbour_view.pk)
    answer = admin.post(reverse("xero-connect", args=[cast.castlegate.pk]))
    assert answer["location"] == reverse("xero", args=[cast.castlegate.pk])
    ready = admin.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert ready.json()["sync"].startswith("paused: run manage.py adopt")
    assert b"released_paused 1.0" in gauges.exposition()


def test_the_metric_counts_what_is_stopped(connection: Connection) -> None:
    assert b"released_connections_stopped 0.0" in gauges.exposition()
    stop_connection(connection, by=None, reason=WHY)
    assert b"released_connections_stopped 1.0" in gauges.exposition()
    stop_all(by=None, reason=WHY)
    assert b"released_connections_stopped 1.0" in gauges.exposition()


def test_an_operator_stops_it_in_the_admin_with_a_reason(
    connection: Connection, cast: Cast, operator: Client
) -> None:
    page = reverse("admin:integrations_connection_changelist")
    chosen = {"action": "stop_sync", "_selected_action": [connection.pk]}
    asked = operator.post(page, chosen)
    assert b'name="reason"' in asked.content
    assert not Connection.objects.get().is_stopped
    operator.post(page, chosen | {"reason": WHY})
    assert Connection.objects.get().is_stopped
    assert Event.objects.get(what="stopped").actor == cast.operator
    operator.post(page, chosen | {"action": "start_sync", "reason": "Mended"})
    assert not Connection.objects.get().is_stopped


def test_an_operator_stops_all_in_the_admin(connection: Connection, operator: Client) -> None:
    stop_all(by=None, reason=WHY)
    page = reverse("admin:integrations_installation_changelist")
    operator.post(page, {"action": "start_all_sync", "_selected_action": [1], "reason": "Mended"})
    assert Installation.objects.get().stopped_at is None


def test_nobody_else_finds_the_action(connection: Connection, admin: Client) -> None:
    page = reverse("admin:integrations_connection_changelist")
    admin.post(page, {"action": "stop_sync", "_selected_action": [connection.pk], "reason": WHY})
    assert not Connection.objects.get().is_stopped
