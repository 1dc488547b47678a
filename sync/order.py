"""The one order in which rows are locked: documents by their ids, then their links, then what hangs on those.

Two transactions that lock the same rows in different orders wait for each other until PostgreSQL ends one of
them: a person would see an error, or a worker lose its turn. So nobody locks or writes a document's link who
does not hold the document. An event of a document locks it too, by its foreign key (docs/protocols.md 2.12).
"""

from collections.abc import Iterable

from released.billing.models import Document


def hold(documents: Iterable[int]) -> None:
    """Lock their rows until the transaction ends; before anything of their links is locked or written."""
    rows = Document.objects.select_for_update(no_key=True).filter(pk__in=list(documents)).order_by("pk")
    list(rows.values_list("pk", flat=True))
