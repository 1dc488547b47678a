"""A backup of all rows, and its restoring in place: as pg_dump and pg_restore do, without their programs."""

import io
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Backup:
    """Every table's rows in PostgreSQL's own format, and where its sequences stood."""

    tables: dict[str, bytes]
    sequences: dict[str, int]


def back_up() -> Backup:
    names = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences")
        sequences = {name: value for name, value in cursor.fetchall() if value is not None}
        return Backup({name: _copied(cursor, name) for name in names}, sequences)


def restore(backup: Backup) -> None:
    """The database is as it was; whatever was written since is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # in any order, whatever points at what
        everything = ", ".join(f'"{name}"' for name in backup.tables)
        cursor.execute(f"TRUNCATE {everything}")
        for name, rows in backup.tables.items():
            cursor.copy_expert(f'COPY "{name}" FROM STDIN', io.BytesIO(rows))
        for name, value in backup.sequences.items():
            cursor.execute("SELECT setval(%s, %s)", [name, value])
        cursor.execute("SET session_replication_role = DEFAULT")


def _copied(cursor: object, name: str) -> bytes:
    into = io.BytesIO()
    cursor.copy_expert(f'COPY "{name}" TO STDOUT', into)  # type: ignore[attr-defined]
    return into.getvalue()
