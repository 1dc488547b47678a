"""The servers that the demo and the tests run on."""

import os
from pathlib import Path

import psycopg2
import pytest
import redis

from demo.ports import free_port, is_free
from demo.servers import ServerDidNotStart, postgres, valkey
from demo.servers.owner import Owner, unprivileged


def ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_what_a_lasting_database_holds_is_there_after_a_restart(passable: Path) -> None:
    data = passable / "postgres"
    with postgres(data, durable=True) as url:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        assert ask(url, "SHOW fsync") == ("on",)
    with postgres(data, durable=True) as url:
        assert ask(url, "SELECT number FROM kept") == (7,)


def test_a_database_of_another_version_is_left_alone(passable: Path) -> None:
    data = passable / "postgres"
    with postgres(data, durable=False):
        pass
    (data / "PG_VERSION").write_text("9\n")
    with (
        pytest.raises(ServerDidNotStart, match=r"made by PostgreSQL 9.*bin/demo --fresh"),
        postgres(data, durable=False),
    ):
        pass


def test_nobody_enters_without_the_password() -> None:
    with postgres(durable=False) as url, pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(
            host="127.0.0.1", port=url.split(":")[-1].split("/")[0], user="postgres", password="guess"
        )


def test_valkey_keeps_its_password_and_nothing_else() -> None:
    with valkey() as url:
        client = redis.Redis.from_url(url)
        assert client.config_get("save") == {"save": ""}
        port = client.connection_pool.connection_kwargs["port"]
        client.close()
        with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
    assert is_free(port)


def test_root_lends_postgresql_another_account() -> None:
    assert (unprivileged() == Owner()) == (os.geteuid() != 0)


def test_a_private_home_is_out_of_reach_for_another_account(passable: Path) -> None:
    (passable / "home").mkdir(mode=0o700)
    stranger = Owner(uid=os.geteuid() + 4_000, gid=4_000)
    assert stranger.reaches(passable / "open")
    assert not stranger.reaches(passable / "home" / ".venv")


def test_a_free_port_can_be_taken() -> None:
    assert free_port() != free_port()
