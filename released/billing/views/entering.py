"""Entering and editing a document: the doors to its form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from released.accounts.access import membership_of, require, signed_in
from released.accounts.permissions import EDIT
from released.billing import access
from released.billing.editing import Extent, editable, facts_of, may_credit
from released.billing.models import Document, Kind
from released.billing.tabs import tabs
from released.billing.views.desk import Desk
from released.portfolio.access import companies_allowing
from released.portfolio.access import company as reached_company

READ_AND_WRITE = ("GET", "HEAD", "POST")
CREDITS = {Kind.CREDIT_NOTE: Kind.INVOICE, Kind.SUPPLIER_CREDIT: Kind.BILL}
LONGEST_NUMBER = 18


@require_http_methods(READ_AND_WRITE)
def document_new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new document: of which company, if that is open, then its form."""
    if kind not in Kind:
        raise Http404("no such kind")
    membership, user = membership_of(request), signed_in(request)
    credited = _credited(request, Kind(kind))
    asked = credited.company_id if credited else _number(request.GET.get("company"))
    if asked is None:
        return _for_any_company(request, Kind(kind))
    company = reached_company(membership, asked)
    require(user, EDIT, company)
    if credited and not may_credit(facts_of(credited)):
        messages.error(request, f"{credited} can’t be credited: only what is approved or paid can.")
        return redirect(credited)
    return Desk(request, company, Kind(kind), credited=credited).serve()


@require_http_methods(READ_AND_WRITE)
def document_edit(request: HttpRequest, document_id: int) -> HttpResponse:
    """A stored document's form, or back to the document with the reason why it can't be edited."""
    document = access.document(membership_of(request), document_id)
    require(signed_in(request), EDIT, document.company)
    answer = editable(facts_of(document))
    if answer.extent == Extent.NOTHING:
        messages.error(request, answer.why)
        return redirect(document)
    return Desk(request, document.company, document.sort, document, why_limited=answer.why).serve()


def _for_any_company(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Ask which company, unless there is only one."""
    membership = membership_of(request)
    if not membership.allows(EDIT):
        raise PermissionDenied(EDIT)
    choice = list(companies_allowing(membership, EDIT))
    if len(choice) == 1:
        return Desk(request, choice[0], kind).serve()
    return render(
        request, "billing/choose_company.html", tabs(membership, kind) | {"companies": choice, "kind": kind}
    )


def _credited(request: HttpRequest, kind: Kind) -> Document | None:
    """The document that a credit note is for, when the address names one."""
    asked = _number(request.GET.get("credits"))
    if asked is None or kind not in CREDITS:
        return None
    document = access.document(membership_of(request), asked)
    if document.sort != CREDITS[kind]:
        raise Http404("not of that kind")
    return document


def _number(text: str | None) -> int | None:
    """A number of an address; Http404 for anything else, None when there is none."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise Http404("not a number")
    return int(text)
