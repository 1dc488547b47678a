"""Home: each company's connection at a glance, for the companies that the person reaches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from released.accounts.access import membership_of
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.clock import now
from released.portfolio.access import companies
from released.web.doings import doings, today
from released.web.lead import lead
from sync.pages.overview import overviews


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    membership = membership_of(request)
    mine = companies(membership)
    rows = overviews(mine)
    can_manage = membership.allows(MANAGE_ADDONS)
    shown = {
        "rows": rows,
        "lead": lead(rows) if can_manage else "",
        "doings": doings(rows, mine, membership),
        "today": today(mine) if can_manage else [],
        "now": now(),
        "can_manage": can_manage,
        "can_resolve": membership.allows(RESOLVE),
    }
    return render(request, "web/home.html", shown)
