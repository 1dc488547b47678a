"""Serves the form of one document: shown, laid out anew, or saved.

A refused save writes nothing and loses nothing: the page comes back with what was typed and why.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from released.accounts.access import membership_of, signed_in
from released.accounts.permissions import APPROVE
from released.billing.errors import BillingError, ChangedMeanwhile
from released.billing.estimating import estimate
from released.billing.forms.sheet import Sheet, fresh_sheet, laid_out_anew, posted_sheet, sheet_of
from released.billing.models import Document, DocumentEvent, Kind
from released.billing.recording import approve_document, edit_document, raise_document
from released.billing.tabs import tabs
from released.portfolio.models import Company

# Steps that only lay the form out anew, and how many rows they add.
RELAY = {"add": 3, "reckon": 0}


@dataclass
class Desk:
    """What a form is being filled in for, and what came of it."""

    request: HttpRequest
    company: Company
    kind: Kind
    document: Document | None = None
    credited: Document | None = None
    why_limited: str = ""
    problem: str = ""
    changed: DocumentEvent | None = None
    status: int = 200

    @property
    def currency(self) -> str:
        """That of the document, or of what it credits: a credit can be set against nothing else."""
        source = self.document or self.credited
        return source.currency if source else self.company.currency

    def serve(self) -> HttpResponse:
        if self.request.method != "POST":
            sheet = self._blank()
            return self._show(sheet, sheet)
        data = self.request.POST
        sheet = posted_sheet(self.company, self.kind, self.document, data, self.credited)
        is_valid, step = sheet.is_valid(), self._step()
        if step in RELAY:
            return self._show(laid_out_anew(sheet, data, spare=RELAY[step]), sheet)
        if not is_valid:
            self._refuse(422)
            return self._show(sheet, sheet)
        saved = self._save(sheet, step)
        return redirect(saved) if saved else self._show(sheet, sheet)

    def _step(self) -> str:
        """What the pressed button asks. A fragment is only ever asked for to look, never to save."""
        step = self.request.POST.get("step", "save")
        is_fragment = self.request.headers.get("HX-Request") == "true"
        return "reckon" if is_fragment and step not in RELAY else step

    def _blank(self) -> Sheet:
        return (
            sheet_of(self.document) if self.document else fresh_sheet(self.company, self.kind, self.credited)
        )

    def _show(self, shown: Sheet, reckoned: Sheet) -> HttpResponse:
        """Show one sheet with the totals of another: one laid out anew has been checked by nobody."""
        drafted = self.document is None or self.document.state.stays_here
        mode = str(reckoned.form["line_amount_types"].value() or "")
        context = tabs(membership_of(self.request), self.kind) | {
            "desk": self,
            "sheet": shown,
            "totals": estimate(self.company, reckoned.rows_so_far(), mode),
            "may_approve": drafted and signed_in(self.request).has_perm(APPROVE, self.company),
        }
        return render(self.request, "billing/form.html", context, status=self.status)

    def _save(self, sheet: Sheet, step: str) -> Document | None:
        user = signed_in(self.request)
        try:
            with transaction.atomic():
                saved = self._write(sheet)
                if step == "approve":
                    saved = approve_document(saved, by=user)
        except ChangedMeanwhile:
            self.changed = self.document.events.first() if self.document else None
            self._refuse(409)
            return None
        except BillingError as wrong:
            self._refuse(422, str(wrong))
            return None
        messages.success(self.request, f"{saved} is {'approved' if step == 'approve' else 'saved'}.")
        return saved

    def _write(self, sheet: Sheet) -> Document:
        user, contents = signed_in(self.request), sheet.contents()
        if self.document is None:
            return raise_document(self.company, self.kind, contents, by=user, currency=self.currency)
        given = sheet.form.cleaned_data
        revision = given["seen"] or given["revision"] or 0
        return edit_document(self.document, contents, by=user, revision=revision)

    def _refuse(self, status: int, problem: str = "") -> None:
        self.status, self.problem = status, problem
        if self.document:
            self.document.refresh_from_db()  # the page offers the latest revision
