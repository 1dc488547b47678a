"""Approving, voiding and deleting. Void and delete ask first, on a page of their own."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from released.accounts.access import membership_of, require, signed_in
from released.accounts.permissions import APPROVE, EDIT
from released.billing import access
from released.billing.errors import BillingError
from released.billing.models import Document
from released.billing.recording import approve_document, delete_document, void_document
from released.billing.tabs import tabs

UseCase = Callable[..., Document]
READ_AND_WRITE = ("GET", "HEAD", "POST")


@require_POST
def document_approve(request: HttpRequest, document_id: int) -> HttpResponse:
    """Approve what the person saw."""
    found = access.document(membership_of(request), document_id)
    return _decide(request, found, approve_document, "{} is approved.")


@require_http_methods(READ_AND_WRITE)
def document_void(request: HttpRequest, document_id: int) -> HttpResponse:
    """Ask, then void."""
    found = access.document(membership_of(request), document_id)
    require(signed_in(request), APPROVE, found.company)
    if request.method == "POST":
        return _decide(request, found, void_document, "{} is voided.")
    return render(
        request, "billing/void.html", tabs(membership_of(request), found.sort) | {"document": found}
    )


@require_http_methods(READ_AND_WRITE)
def document_delete(request: HttpRequest, document_id: int) -> HttpResponse:
    """Ask, then delete the draft."""
    found = access.document(membership_of(request), document_id)
    require(signed_in(request), EDIT, found.company)
    if request.method == "POST":
        return _decide(request, found, delete_document, "{} is deleted.")
    return render(
        request, "billing/delete.html", tabs(membership_of(request), found.sort) | {"document": found}
    )


def _decide(request: HttpRequest, found: Document, decide: UseCase, says: str) -> HttpResponse:
    """Do it at the revision that the person saw; whatever forbids it is said on the document's page."""
    seen = request.POST.get("revision", "")
    try:
        decided = decide(found, by=signed_in(request), revision=int(seen) if seen.isdecimal() else None)
    except BillingError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, says.format(decided))
    return redirect(found)
