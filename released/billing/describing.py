"""Says in words what an edit changed, for the document's timeline. Pure."""

from datetime import date
from uuid import UUID

from released.billing.contents import Contents, LineDraft
from released.billing.models.kinds import LineAmountTypes


def changes(before: Contents, after: Contents) -> list[str]:
    """One short phrase for each thing that differs; empty when nothing does."""
    return [*_details(before, after), *_lines(before.lines, after.lines)]


def _details(before: Contents, after: Contents) -> list[str]:
    pairs = (
        ("contact", before.contact.name, after.contact.name),
        ("date", _day(before.date), _day(after.date)),
        ("due date", _day(before.due_date), _day(after.due_date)),
        ("reference", before.reference, after.reference),
        ("tenancy", str(before.tenancy or ""), str(after.tenancy or "")),
        ("amounts", _mode(before.line_amount_types), _mode(after.line_amount_types)),
    )
    return [f"{name} from {old or 'none'} to {new or 'none'}" for name, old, new in pairs if old != new]


def _lines(before: tuple[LineDraft, ...], after: tuple[LineDraft, ...]) -> list[str]:
    old = {line.key: line for line in before}
    new = {line.key: line for line in after}
    return [
        *(f"line added: {line.description}" for line in after if line.key not in old),
        *(f"line changed: {line.description}" for line in after if line.key in old and old[line.key] != line),
        *(f"line removed: {line.description}" for line in before if line.key not in new),
        *_order([key for key in old if key in new], [key for key in new if key in old]),
    ]


def _order(before: list[UUID], after: list[UUID]) -> list[str]:
    return ["order of lines"] if before != after else []


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


def _mode(mode: LineAmountTypes) -> str:
    return str(mode.label).lower()
