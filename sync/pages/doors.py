"""Who may open the pages of a company's connection, and what everybody else is told.

A company that the person does not reach is a 404. One that they reach without managing add-ons gets a page
with the names of those who can help, never a dead end, and nothing of the connection itself.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from integrations.access import company_for
from released.accounts.access import signed_in
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio.access import holders
from released.portfolio.models import Company


def for_managers(page: Callable[[HttpRequest, Company], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view by company id of a page that gets the company."""

    @wraps(page)
    def view(request: HttpRequest, company_id: int) -> HttpResponse:
        company = company_for(request, company_id)
        if not signed_in(request).has_perm(MANAGE_ADDONS, company):
            return not_yours(request, company)
        return page(request, company)

    return view


def not_yours(request: HttpRequest, company: Company) -> HttpResponse:
    names = [str(person) for person in holders(company, MANAGE_ADDONS)]
    return render(request, "sync/not_yours.html", {"company": company, "names": names}, status=403)
