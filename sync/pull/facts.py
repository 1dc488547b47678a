"""What is Xero's alone, taken over whatever is decided: number, status, totals, payments, amounts due."""

from typing import Any
from uuid import UUID

from released.billing.history import note_event
from released.billing.models import Document, Status
from released.billing.outside import note_facts, note_line_amounts, replace_settlements
from sync.locks import locked_in
from sync.problems import release_number, release_unsettled
from sync.pull.known import Known
from sync.pull.taking import dues, outside_settlements, totals
from sync.theirs import TheirDocument

OPEN = (Status.AUTHORISED, Status.PAID)
ENDED = (Status.VOIDED, Status.DELETED)


def note_theirs(known: Known, theirs: TheirDocument, *, with_content: bool) -> bool:
    """True if something changed. Without `with_content` our lines differ on purpose: totals stay ours."""
    document = known.document
    before, number, was_settled = document.status, document.number, _is_settled(known)
    wanted = _columns(document, theirs, with_content=with_content)
    columns = {name: value for name, value in wanted.items() if getattr(document, name) != value}
    if columns:
        note_facts(document, columns)
    if document.number != number != document.own_number:
        release_number(known.link.connection_id, number)
    changed = bool(columns) | _settle(known, theirs)
    if was_settled and not theirs.amounts.amount_paid + theirs.amounts.amount_credited:
        release_unsettled(known.link)
    if with_content:
        _reckon_lines(known, theirs)
    if document.status != before:
        note_event(
            document, "status", _says(before, theirs.status), detail={"from": before, "to": document.status}
        )
    return changed


def _columns(document: Document, theirs: TheirDocument, *, with_content: bool) -> dict[str, Any]:
    columns: dict[str, Any] = {"number": theirs.number} if theirs.number else {}
    # A draft of ours that Xero has was approved before our database was restored.
    if document.status in ENDED or theirs.status not in OPEN:
        return columns
    due = dues(theirs)
    if with_content:
        return columns | totals(theirs) | due | {"status": theirs.status}
    if "lines" not in locked_in(theirs):  # else no change of ours can alter what is due
        due["amount_due"] = document.total - due["amount_paid"] - due["amount_credited"]
    return columns | due | {"status": theirs.status}


def _is_settled(known: Known) -> bool:
    """As we know it: of what has ended here the amounts are not kept up, its payments are."""
    document = known.document
    return bool(known.settlements or document.amount_paid or document.amount_credited)


def _settle(known: Known, theirs: TheirDocument) -> bool:
    wanted = outside_settlements(theirs)
    held = {(one.sort, one.source_id, one.date, one.amount, one.reference) for one in known.settlements}
    if held == {(one.sort, one.source_id, one.date, one.amount, one.reference) for one in wanted}:
        return False
    replace_settlements(known.document, wanted)
    return True


def _reckon_lines(known: Known, theirs: TheirDocument) -> None:
    """Tax that was set by hand in Xero shows in the amounts of lines, not in their content."""
    if len(known.lines) != len(theirs.lines):
        return
    amounts: dict[UUID, Any] = {
        line.key: (facts.line_amount, facts.tax_amount)
        for line, facts in zip(known.lines, theirs.lines, strict=True)
        if (line.line_amount, line.tax_amount) != (facts.line_amount, facts.tax_amount)
    }
    if amounts:
        note_line_amounts(known.document, amounts)


def _says(before: str, status: Status) -> str:
    if before in (Status.DRAFT, Status.SUBMITTED):
        return f"It is in Xero already: {status.label.lower()} there"
    words = {
        Status.PAID: "Paid in Xero",
        Status.AUTHORISED: "Open again in Xero",
        Status.VOIDED: "Voided in Xero",
        Status.DELETED: "Deleted in Xero",
    }
    return words.get(status, f"Status in Xero: {status.label}")
