"""What load balancers and Prometheus ask."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from released.accounts.models import User
from tests.factories.cast import Cast
from tests.factories.integrations import connection as connected

pytestmark = pytest.mark.django_db
FAR: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}


def test_a_process_that_answers_is_healthy_and_asks_nobody(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_ready_means_database_broker_and_migrations(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    fine = {"database": "ok", "broker": "ok", "migrations": "ok", "sync": "ok"}
    assert answer.json() == {"ready": True, **fine}


def test_a_broker_that_does_not_answer_is_named_without_its_password(
    client: Client, settings: Settings
) -> None:
    settings.REDIS_URL = "redis://:geheim@127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "Redis does not answer at REDIS_URL (ConnectionError)"
    assert b"geheim" not in answer.content


def test_a_missing_migration_is_named_with_what_to_do(client: Client) -> None:
    (latest,) = MigrationLoader(connection).graph.leaf_nodes("notifications")
    MigrationRecorder(connection).record_unapplied(*latest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "1 migrations to apply: run manage.py migrate"


def test_figures_are_counted_and_name_nobody(client: Client, cast: Cast) -> None:
    connected(cast.harbour_view)
    text = client.get("/metrics").content.decode()
    assert 'released_connections{state="connected"} 1.0' in text
    assert "Harbour" not in text


def test_figures_are_closed_to_strangers(client: Client) -> None:
    assert client.get("/metrics", **FAR).status_code == 404


def test_a_proxy_on_this_machine_opens_nothing(client: Client) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_a_scraper_elsewhere_needs_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "scrape-me"
    given = {"Authorization": "Bearer scrape-me"}
    assert client.get("/metrics", headers=given, **FAR).status_code == 200
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}, **FAR).status_code == 404


def test_operators_see_the_figures_and_members_do_not(cast: Cast, browse: Callable[[User], Client]) -> None:
    assert browse(cast.operator).get("/metrics", **FAR).status_code == 200
    assert browse(cast.admin).get("/metrics", **FAR).status_code == 404
