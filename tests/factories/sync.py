"""What sync leaves behind when it could not settle something by itself, and a finished comparison."""

from uuid import uuid4

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync.canonical import freeze
from sync.models import Conflict, DocumentLink, Problem, Reconciliation
from sync.ours import document_fields


def problem(connection: Connection) -> Problem:
    """An open problem without documents."""
    return Problem.objects.create(
        connection=connection,
        cause=Problem.Cause.ACCOUNT_CODE,
        subject="310",
        says="Account code 310 is archived. Restore it in Xero.",
        opened_at=now(),
    )


def conflict(connection: Connection, document: Document) -> Conflict:
    """An open conflict over the reference of a document that is in Xero."""
    held = freeze(document_fields(document, list(document.line_items.all()), None))
    base, ours, theirs = ({**held, "reference": says} for says in ("agreed", "ours", "theirs"))
    DocumentLink.objects.create(
        document=document,
        connection=connection,
        xero_id=uuid4(),
        base_ours=base,
        base_theirs=base,
        agreed_at=now(),
    )
    return Conflict.objects.create(
        connection=connection,
        document=document,
        base=base,
        ours=ours,
        theirs=theirs,
        clashing=["reference"],
        opened_at=now(),
    )


def compared(connection: Connection) -> Reconciliation:
    """A comparison that found both sides equal."""
    return Reconciliation.objects.create(connection=connection, at=now(), ended_at=now())
