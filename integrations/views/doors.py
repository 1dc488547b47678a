"""The two questions at every door of this app: may you see it (404), and may you do it (403, explained)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from integrations import access
from released.accounts.access import signed_in
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio.access import holders
from released.portfolio.models import Company

View = Callable[[HttpRequest, Company], HttpResponse]


def manages_addons(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
    """Give the view the company of the address, if the person may manage its add-ons."""

    @wraps(view)
    def door(request: HttpRequest, company_id: int) -> HttpResponse:
        company = access.company_for(request, company_id)
        if not signed_in(request).has_perm(MANAGE_ADDONS, company):
            return not_permitted(request, [company])
        return view(request, company)

    return door


def not_permitted(request: HttpRequest, companies: list[Company]) -> HttpResponse:
    """403 with an explanation and the names of those who can help: a link in a mail is never a dead end."""
    helpers = {person.pk: person for company in companies for person in holders(company, MANAGE_ADDONS)}
    context: dict[str, Any] = {
        "company": companies[0] if len(companies) == 1 else None,
        "support_email": settings.SUPPORT_EMAIL,
        "helpers": sorted(helpers.values(), key=lambda person: person.name.casefold()),
    }
    return render(request, "integrations/not_permitted.html", context, status=403)
