"""Home: each company's connection at a glance, for the companies that the person reaches."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from released.accounts.access import membership_of
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.clock import now
from released.portfolio.access import companies
from released.web.doings import doings, today
from released.web.words import names_text
from sync.pages.overview import Overview, overviews


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


def lead(rows: Sequence[Overview]) -> str:
    """Two sentences that say what to do today."""
    lost = [row.company.name for row in rows if row.shown.tone == "revoked"]
    undecided = [row.company.name for row in rows if row.tally.to_decide]
    says = [f"{_named(lost)} reconnecting." if lost else ""]
    says.append(f"{_named(undecided, 'has', 'have')} documents to decide on." if undecided else "")
    others = len(rows) > len(set(lost) | set(undecided))
    says.append("The others look after themselves." if any(says) and others else "")
    return " ".join(one for one in says if one) or "Nothing needs doing: everything looks after itself."


def _named(names: list[str], one: str = "needs", many: str = "need") -> str:
    if len(names) > 3:
        return f"{len(names)} companies {many}"
    return f"{names_text(names)} {one if len(names) == 1 else many}"
