"""What people press on the results page: send again, exclude, include."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from released.accounts.access import membership_of, signed_in
from released.billing.access import document as document_of
from released.web.words import count_text
from sync import problems
from sync.excluding import exclude_document, include_document
from sync.pages import reach


@require_POST
def problem_act(request: HttpRequest, problem_id: int) -> HttpResponse:
    """One cause, all its documents: `act` is retry or exclude. Raises PermissionDenied."""
    problem, person = reach.problem(request, problem_id), signed_in(request)
    match request.POST.get("act"):
        case "retry":
            count = problems.retry(problem, by=person)
            messages.success(request, f"{count_text(count, 'document')} are sent again.")
        case "exclude":
            documents = [link.document for link in problem.links.select_related("document__company")]
            for document in documents:
                exclude_document(document, by=person)
            messages.success(
                request, f"{count_text(len(documents), 'document')} stay here and are not shared."
            )
        case _:
            return HttpResponseBadRequest("act is retry or exclude")
    return redirect("sync-results")


@require_POST
def document_sharing(request: HttpRequest, document_id: int) -> HttpResponse:
    """`share` is no (exclude) or yes (include again). Raises PermissionDenied."""
    document, person = document_of(membership_of(request), document_id), signed_in(request)
    match request.POST.get("share"):
        case "no":
            exclude_document(document, by=person)
            messages.success(request, f"{document} stays here and is not shared with Xero.")
        case "yes":
            include_document(document, by=person)
            messages.success(request, f"{document} is shared with Xero again.")
        case _:
            return HttpResponseBadRequest("share is yes or no")
    return redirect(document)
