"""Whether this process can do its work: the database answers, is migrated, and the broker answers.

Each finding is a sentence for the operator; an address with a password in it is never part of one.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from integrations.halting import halt

TIMEOUT = 2
FINE = "ok"


def findings() -> dict[str, str]:
    """What was found, by part; `ok` where all is well."""
    found = {"database": database(), "broker": broker()}
    found["migrations"] = (
        migrations() if found["database"] == FINE else "not known: the database does not answer"
    )
    return found


def standing_still() -> str:
    """Whether sync goes on. Requests may be sent here all the same: people go on working."""
    try:
        found = halt()
    except DatabaseError:
        return "not known: the database does not answer"
    if found is None:
        return FINE
    return "paused: run manage.py adopt (docs/operations.md)" if found.is_paused else "stopped by an operator"


def database() -> str:
    return _tried(_ask_database, DatabaseError, "PostgreSQL does not answer at DATABASE_URL")


def broker() -> str:
    return _tried(_ask_broker, redis.RedisError, "Redis does not answer at REDIS_URL")


def migrations() -> str:
    """Every migration of this code is applied; an old database would fail page by page."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations to apply: run manage.py migrate" if missing else FINE


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
    try:
        client.ping()
    finally:
        client.close()


def _tried(ask: Callable[[], None], failure: type[Exception], says: str) -> str:
    try:
        ask()
    except failure as problem:
        return f"{says} ({type(problem).__name__})"
    return FINE
