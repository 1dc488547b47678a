"""Which companies' sync a person may follow: those they may settle documents for, or manage add-ons of."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from released.accounts.access import membership_of
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.portfolio.access import companies
from released.portfolio.models import Company
from sync.models import Conflict, Problem


def followed_companies(request: HttpRequest) -> QuerySet[Company]:
    """Raises PermissionDenied for a role that may do neither."""
    membership = membership_of(request)
    if not (membership.allows(RESOLVE) or membership.allows(MANAGE_ADDONS)):
        raise PermissionDenied("settle documents or manage add-ons")
    return companies(membership)


def chosen_company(request: HttpRequest, among: QuerySet[Company]) -> Company | None:
    """The company of `?company=`, None when all are wanted; Http404 for any that is not among them."""
    asked = request.GET.get("company", "")
    if not asked:
        return None
    found = among.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    if found is None:
        raise Http404("no such company")
    return found


def conflict(request: HttpRequest, conflict_id: int) -> Conflict:
    mine = Conflict.objects.filter(connection__company__in=followed_companies(request), pk=conflict_id)
    found = mine.select_related("document__company", "document__contact", "connection", "resolved_by").first()
    if found is None:
        raise Http404("no such conflict")
    return found


def problem(request: HttpRequest, problem_id: int) -> Problem:
    mine = Problem.objects.filter(connection__company__in=followed_companies(request), pk=problem_id)
    found = mine.select_related("connection__company").first()
    if found is None:
        raise Http404("no such problem")
    return found
