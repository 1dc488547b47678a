"""Many rows at once, by PostgreSQL's COPY.

A first sync writes whole pages of documents, and an INSERT through the ORM costs several times what
reading the page did. COPY takes part in the caller's transaction like any statement, and constraints
and defaults of columns that are not named hold as ever. What Django itself fills in (a uid, a time)
must be among the columns.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection, models

UNSAFE = re.compile(r"[\\\n\r\t]")
SAFE: Final = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """The next ids of a table, so that rows which refer to each other can be copied."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """In the caller's transaction. Values are as Django gives them to a column; JSON is a text already.

    Raises what an INSERT would: IntegrityError, DataError.
    """
    text = "".join([f"{chr(9).join(map(_cell, row))}\n" for row in rows])
    if not text:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        copy: Callable[[str, io.StringIO], None] = cursor.cursor.copy_expert
        copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', io.StringIO(text))


def as_json(value: Any) -> str:
    """For a JSON column."""
    return msgspec.json.encode(value).decode()


def _cell(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return value if value.isprintable() and "\\" not in value else UNSAFE.sub(_escaped, value)
    write = WRITERS.get(kind)
    return write(value) if write is not None else _cell(str(value))


def _escaped(found: re.Match[str]) -> str:
    return SAFE[found[0]]


WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: r"\N",
    bool: lambda value: "t" if value else "f",
    int: int.__repr__,
    Decimal: Decimal.__str__,
    UUID: UUID.__str__,
    date: date.isoformat,
    datetime: datetime.isoformat,
}
