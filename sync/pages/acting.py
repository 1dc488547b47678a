"""What people press on the results page: send again, exclude, include, link."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from released.accounts.access import membership_of, signed_in
from released.accounts.models import User
from released.billing.access import document as document_of
from released.billing.models import Document
from released.web.words import count_text
from sync import problems
from sync.ambiguity import link_candidate, send_again
from sync.deliveries.resting import ask_now
from sync.excluding import exclude_document, include_document
from sync.models import Problem, SetAside
from sync.pages import reach


@require_POST
def problem_act(request: HttpRequest, problem_id: int) -> HttpResponse:
    """One cause, all its documents: `act` is retry, exclude or link. Raises PermissionDenied."""
    problem, person = reach.problem(request, problem_id), signed_in(request)
    match request.POST.get("act"):
        case "retry":
            says = _retry(problem, person)
        case "exclude":
            says = _exclude(problem, person)
        case "link":
            says = _link(problem, request.POST.get("candidate", ""), person)
        case _:
            raise BadRequest("act is retry, exclude or link")
    messages.success(request, says)
    return redirect("sync-results")


def _retry(problem: Problem, person: User) -> str:
    """What may be in Xero already is sent again only by its own use case, which settles the candidates."""
    documents = _documents(problem)
    if problem.cause == Problem.Cause.LIKELY_PAIR:
        raise BadRequest("likely pairs are linked or kept apart on their own page")
    if problem.cause == Problem.Cause.UNSEEN:
        ask_now(problem, by=person)
        return "Xero is asked once more whether it arrived."
    if problem.cause == Problem.Cause.AMBIGUOUS:
        for document in documents:
            send_again(document, by=person)
    else:
        problems.retry(problem, by=person)
    return f"Sent again: {count_text(len(documents), 'document')}."


def _exclude(problem: Problem, person: User) -> str:
    if problem.cause in Problem.UNDECIDED:
        raise BadRequest("whether Xero has it already is said first")
    documents = _documents(problem)
    for document in documents:
        exclude_document(document, by=person)
    return f"Kept here and not shared: {count_text(len(documents), 'document')}."


def _link(problem: Problem, candidate_id: str, person: User) -> str:
    mine = SetAside.objects.filter(connection=problem.connection_id, document__link__problem=problem)
    candidate = mine.filter(pk=int(candidate_id)).first() if candidate_id.isdecimal() else None
    if candidate is None:
        raise Http404("no such candidate")
    link_candidate(candidate, by=person)
    return f"{candidate.document} is linked with its document in Xero."


def _documents(problem: Problem) -> list[Document]:
    return [link.document for link in problem.links.select_related("document__company")]


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
            raise BadRequest("share is yes or no")
    return redirect(document)
