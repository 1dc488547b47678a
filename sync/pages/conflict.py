"""One conflict: base, ours and theirs side by side, and one click to choose."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from released.accounts.access import membership_of, signed_in
from released.accounts.permissions import RESOLVE
from released.billing.tabs import tabs
from sync.conflicts import resolve_conflict
from sync.models import Conflict, ContactLink
from sync.pages import reach
from sync.pages.compare import compare


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """POST `choice` is ours or theirs; somebody who may not choose sees the comparison alone."""
    found = reach.conflict(request, conflict_id)
    if request.method == "POST":
        return _choose(request, found)
    company = found.document.company
    shown = tabs(membership_of(request), shown="sync-results") | {
        "conflict": found,
        "document": found.document,
        "company": company,
        "comparison": compare(found, _names(found), company.locale),
        "agreed_at": found.document.link.agreed_at,
        "can_resolve": signed_in(request).has_perm(RESOLVE, company),
    }
    return render(request, "sync/conflict.html", shown)


def _choose(request: HttpRequest, found: Conflict) -> HttpResponse:
    choice = request.POST.get("choice")
    if choice not in Conflict.Choice.values:
        raise BadRequest("choice is ours or theirs")
    resolve_conflict(found, Conflict.Choice(choice), by=signed_in(request))
    messages.success(request, f"{found.document}: {_follows(found, choice)}")
    return redirect(found.document)


def _follows(found: Conflict, choice: str) -> str:
    if choice == Conflict.Choice.THEIRS:
        return "Xero’s is taken over. Both sides agree within seconds."
    if found.locked:
        return "ours is kept. Xero refuses it until its payments and credits are removed there."
    return "ours is sent to Xero. Both sides agree within seconds."


def _names(found: Conflict) -> dict[str, str]:
    """Contacts by what stands in the canonical field: Xero's id, or `here:` and ours."""
    ids = {str(side["contact"]) for side in (found.base, found.ours, found.theirs) if side}
    linked = [one for one in ids if not one.startswith("here:")]
    known = ContactLink.objects.filter(connection=found.connection, xero_id__in=linked).select_related(
        "contact"
    )
    names = {str(link.xero_id): link.contact.name for link in known}
    return names | {f"here:{found.document.contact_id}": found.document.contact.name}
