"""What a person said are two documents: remembered, so that nobody is asked twice, and told on both sides."""

from collections.abc import Iterable, Mapping

from integrations.models import Connection
from released.accounts.models import User
from released.billing.history import note_event
from released.billing.models import Document
from released.clock import now
from sync.models import LikelyPair
from sync.pairs.likeness import Edge


def remember_apart(document: Document, connection: Connection, xero_ids: Iterable[str], *, by: User) -> None:
    """Also where nobody had asked yet: somebody looked at these and had the document sent all the same."""
    said = {"apart_at": now(), "apart_by": by}
    for xero_id in xero_ids:
        found = {"connection": connection, "is_strong": False, "revision": document.revision}
        LikelyPair.objects.update_or_create(
            document=document,
            xero_id=xero_id,
            defaults=said,
            create_defaults=found | {"says": "", "found_at": now()} | said,
        )


def edges_apart(connection: Connection, documents: Iterable[Document]) -> frozenset[Edge]:
    rows = LikelyPair.objects.filter(connection=connection, document__in=list(documents))
    told = rows.exclude(apart_at=None).values_list("document_id", "xero_id")
    return frozenset((str(document), xero_id) for document, xero_id in told)


def tell_imported(connection: Connection, made: Mapping[str, int]) -> None:
    """Documents that came here after a person said that they are not one of ours. `made`: ids by Xero's."""
    rows = LikelyPair.objects.filter(connection=connection, xero_id__in=list(made)).exclude(apart_at=None)
    for row in rows.select_related("document", "apart_by"):
        says = f"{row.apart_by or 'Somebody'} said that {row.document} is another"
        note_event(Document(pk=made[row.xero_id]), "kept apart", says, by=row.apart_by)
