"""A document being entered: its details and its lines together, fresh, stored, posted, or laid out anew.

Laid out anew means: the same typing with more rows or fresh totals, and no complaints yet. That
is what "Add a line" answers, with or without script, so nothing typed is ever lost.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import QueryDict

from released.billing.contents import Contents, LineDraft, contents_of
from released.billing.editing import Extent, editable, facts_of
from released.billing.forms.choosing import accounts, tax_types
from released.billing.forms.entry import EntryForm
from released.billing.forms.lines import Choices, LineRows, line_rows
from released.billing.forms.tracking import chosen, merged, tracked
from released.billing.models import Document, Kind, LineAmountTypes
from released.clock import today
from released.portfolio.creating import contact_named
from released.portfolio.models import Company

DUE_AFTER = {Kind.INVOICE: 14, Kind.BILL: 30}


@dataclass(frozen=True)
class Sheet:
    """Both forms, with what they are about."""

    company: Company
    kind: Kind
    document: Document | None
    form: EntryForm
    rows: LineRows
    is_settled: bool = False
    credited: Document | None = None

    def is_valid(self) -> bool:
        """Both are always checked: what lines come to is reckoned before anybody has chosen a contact."""
        details, rows = self.form.is_valid(), self.is_settled or self.rows.is_valid()
        return details and rows

    def rows_so_far(self) -> list[Mapping[str, Any]]:
        """What can be reckoned already: of a posted sheet the sound values, of a fresh one its own."""
        return [*self.rows.filled()] if self.rows.is_bound else list(self.rows.initial or [])

    def contents(self) -> Contents:
        """What was entered. Call it inside a transaction: a contact named here is created by it."""
        given = self.form.cleaned_data
        new_name = given["new_contact"].strip()
        return Contents(
            contact=contact_named(self.company, new_name) if new_name else given["contact"],
            date=given["date"],
            due_date=None if self.kind.is_credit else given["due_date"],
            reference=given["reference"].strip(),
            tenancy=given["tenancy"],
            line_amount_types=LineAmountTypes(given["line_amount_types"]),
            lines=self.lines(),
        )

    def lines(self) -> tuple[LineDraft, ...]:
        """The rows as lines; a stored line keeps its key and what the form does not show of it."""
        stored = _stored_lines(self.document)
        if self.is_settled:
            return tuple(stored.values())
        return tuple(_line(row, stored) for row in self.rows.filled())


def fresh_sheet(company: Company, kind: Kind, credited: Document | None = None) -> Sheet:
    """An empty document of today, or a credit note filled in from what it credits."""
    day = today()
    due = day + datetime.timedelta(days=DUE_AFTER.get(kind, 0))
    given: dict[str, Any] = {"date": day, "due_date": due, "line_amount_types": LineAmountTypes.EXCLUSIVE}
    lines: tuple[LineDraft, ...] = ()
    if credited:
        source = contents_of(credited)
        given |= {"contact": source.contact, "tenancy": source.tenancy, "reference": credited.number}
        given |= {"line_amount_types": source.line_amount_types}
        lines = source.lines
    choices = _choices(company, kind, credited)
    rows = [row | {"key": None} for row in _rows(lines, choices)]
    return _sheet(company, kind, None, choices, given=given, lines=rows, credited=credited)


def sheet_of(document: Document) -> Sheet:
    """A stored document, to be edited."""
    contents = contents_of(document)
    given = vars(contents) | {"revision": document.revision}
    choices = _choices(document.company, document.sort, document)
    rows = _rows(contents.lines, choices)
    return _sheet(document.company, document.sort, document, choices, given=given, lines=rows, spare=1)


def posted_sheet(
    company: Company, kind: Kind, document: Document | None, data: QueryDict, credited: Document | None = None
) -> Sheet:
    """What was posted, to be checked."""
    choices = _choices(company, kind, document or credited)
    return _sheet(company, kind, document, choices, data=data, credited=credited)


def laid_out_anew(posted: Sheet, data: QueryDict, *, spare: int) -> Sheet:
    """The same typing without complaints, with `spare` more rows."""
    count = posted.rows.total_form_count()
    names = list(posted.rows.empty_form.fields)
    lines = [{name: data.get(f"lines-{row}-{name}", "") for name in names} for row in range(count)]
    given = {name: data.get(name, "") for name in posted.form.fields}
    company, kind, document, credited = posted.company, posted.kind, posted.document, posted.credited
    choices = _choices(company, kind, document or credited)
    return _sheet(company, kind, document, choices, given=given, lines=lines, spare=spare, credited=credited)


def _sheet(
    company: Company,
    kind: Kind,
    document: Document | None,
    choices: Choices,
    *,
    data: QueryDict | None = None,
    given: dict[str, Any] | None = None,
    lines: list[dict[str, Any]] | None = None,
    spare: int = 3,
    credited: Document | None = None,
) -> Sheet:
    is_settled = bool(document and editable(facts_of(document)).extent == Extent.REFERENCE_AND_DUE_DATE)
    if is_settled and document:
        given = vars(contents_of(document)) | (given or {})
    form = EntryForm(data, initial=given, company=company, document=document)
    rows = line_rows(data, locale=company.locale, choices=choices, initial=lines, spare=spare)
    if is_settled:
        form.settle()
    return Sheet(company, kind, document, form, rows, is_settled, credited)


def _choices(company: Company, kind: Kind, source: Document | None) -> Choices:
    """`source` is the document that the lines come from; whatever it is booked to stays choosable."""
    lines = _stored_lines(source).values()
    return Choices(
        accounts(company, kind, kept={line.account_code for line in lines}),
        tax_types(company, kind, kept={line.tax_type for line in lines}),
        tracked(company, lines),
    )


def _rows(lines: Iterable[LineDraft], choices: Choices) -> list[dict[str, Any]]:
    """Lines as the form shows them."""
    return [vars(line) | chosen(line.tracking, choices.tracking) for line in lines]


def _stored_lines(document: Document | None) -> dict[UUID, LineDraft]:
    return {line.key: line for line in contents_of(document).lines} if document else {}


def _line(row: dict[str, Any], stored: dict[UUID, LineDraft]) -> LineDraft:
    known = stored.pop(row["key"], None) if row.get("key") else None
    entered = LineDraft(
        description=row["description"].replace("\r\n", "\n").strip(),
        quantity=row["quantity"],
        unit_amount=row["unit_amount"],
        discount_rate=row["discount_rate"] or None,
        account_code=row["account_code"],
        tax_type=row["tax_type"],
        tracking=merged(known.tracking if known else (), row["tracking"]),
    )
    return replace(entered, key=known.key) if known else entered
