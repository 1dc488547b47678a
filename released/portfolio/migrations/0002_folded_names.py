"""Names are unique by the folding of `released.portfolio.folding`, whatever the server's locale.

Two active contacts whose names only this folding takes for one both stay: the later one's key is told apart
by its id, and its name is untouched, since a changed name would be sent to Xero.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations, models

import released.portfolio.folding
from released.portfolio.folding import fold_name

BATCH = 2000


def fold_all(apps: Any, schema_editor: Any) -> None:
    contacts = apps.get_model("portfolio", "Contact").objects.using(schema_editor.connection.alias)
    taken: set[tuple[int, str]] = set()
    for batch in _batches(contacts.order_by("pk").values_list("pk", "company_id", "name", "is_archived")):
        rows = []
        for pk, company, name, is_archived in batch:
            folded = fold_name(name)
            if not is_archived and (company, folded) in taken:
                folded = f"{folded} #{pk}"
            if not is_archived:
                taken.add((company, folded))
            rows.append((pk, folded))
        _write(schema_editor, rows)


def _batches(rows: Any) -> Iterator[list[Any]]:
    found: Iterable[Any] = rows.iterator(chunk_size=BATCH)
    left = iter(found)
    while batch := list(islice(left, BATCH)):
        yield batch


def _write(schema_editor: Any, rows: list[tuple[int, str]]) -> None:
    """One statement, and not through the field, which knows no key but the name's own."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE portfolio_contact SET folded = given.folded"
            " FROM unnest(%s::bigint[], %s::text[]) AS given (id, folded)"
            " WHERE portfolio_contact.id = given.id",
            [[pk for pk, _ in rows], [folded for _, folded in rows]],
        )


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="contact", name="active_contact_name_is_unique"),
        migrations.AddField(
            model_name="contact",
            name="folded",
            field=released.portfolio.folding.FoldedName(default="", editable=False, max_length=765),
            preserve_default=False,
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_archived", False)),
                fields=("company", "folded"),
                name="active_contact_name_is_unique",
            ),
        ),
    ]
