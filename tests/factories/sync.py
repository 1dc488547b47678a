"""What sync leaves behind when it could not settle something by itself, and a finished comparison."""

from typing import Any
from uuid import uuid4

from integrations.models import Connection
from released.billing.models import Document, LineItem
from released.clock import now
from sync.canonical import freeze
from sync.models import Conflict, DocumentLink, LikelyPair, Problem, Reconciliation, SetAside
from sync.ours import document_fields
from sync.pairs.blocking import hold_or_let_go
from sync.wire.kinds import FORMS


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


def likely_pair(
    connection: Connection, document: Document, number: str = "INV-000877", **held: Any
) -> LikelyPair:
    """A document in Xero that looks like ours; `held` as Xero writes it."""
    xero_id, form = str(uuid4()), FORMS[document.sort]
    payload = {
        "Type": form.type, "Status": "AUTHORISED", form.id_name: xero_id, form.number_name: number,
        "Contact": {"ContactID": str(uuid4()), "Name": document.contact.name},
        "Date": document.date.isoformat(), "DueDate": str(document.due_date or document.date),
        "Reference": document.reference, "LineAmountTypes": document.line_amount_types,
        "CurrencyCode": document.currency, "SubTotal": str(document.subtotal),
        "TotalTax": str(document.total_tax), "Total": str(document.total), "AmountDue": str(document.total),
        "LineItems": [_line(line) for line in document.line_items.all()],
    }  # fmt: skip
    SetAside.objects.create(
        connection=connection, stream="invoices", xero_id=xero_id, reason=SetAside.Reason.LIKELY_PAIR,
        payload=payload | held, at=now(),
    )  # fmt: skip
    pair = LikelyPair.objects.create(
        connection=connection, document=document, xero_id=xero_id, says="Same contact, total and date",
        is_strong=True, revision=document.revision, found_at=now(),
    )  # fmt: skip
    hold_or_let_go(connection, [document.pk])
    return pair


def _line(line: LineItem) -> dict[str, str]:
    return {
        "Description": line.description, "Quantity": str(line.quantity), "UnitAmount": str(line.unit_amount),
        "AccountCode": line.account_code, "TaxType": line.tax_type, "LineAmount": str(line.line_amount),
    }  # fmt: skip
