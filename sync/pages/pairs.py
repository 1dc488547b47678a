"""Likely pairs of a company: ours beside Xero's, and a person's word on each (`sync.pairs.settling`)."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations.access import company_for, connection_of
from integrations.models import Connection
from released.accounts.access import signed_in
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.web.words import count_text
from sync.models import LikelyPair
from sync.pages.pair_sides import besides
from sync.pairs.blocking import open_pairs
from sync.pairs.settling import certain_pairs, keep_apart, link_all, link_pair
from sync.scope import scope_of

PER_PAGE = 10
LINKED = "{} and the one in Xero are one document from now on. Where they differ, you choose next."
KEPT = "Both are kept: {} goes to Xero, and the one in Xero comes here, within seconds."
MEANWHILE = "{} changed meanwhile, so nothing was done. Look again."


@require_http_methods(["GET", "HEAD", "POST"])
def xero_pairs(request: HttpRequest, company_id: int) -> HttpResponse:
    """GET lists them, `?document=` one document's alone; POST `act` is link or apart of `pair`, or link-all.

    Raises PermissionDenied for a person who may not settle documents of the company.
    """
    company, person = company_for(request, company_id), signed_in(request)
    if not person.has_perm(RESOLVE, company):
        raise PermissionDenied(RESOLVE)
    connection = connection_of(company)
    if request.method == "POST":
        if not connection.pk:
            raise Http404("nothing to settle")
        _act(request, connection, person)
        return redirect("xero-pairs", company.pk)
    pairs = open_pairs(connection) if connection.pk else LikelyPair.objects.none()
    total, chosen = pairs.count(), _chosen(request, pairs)
    wanted = pairs if chosen is None else chosen
    page = Paginator(_in_order(wanted), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "company": company,
        "page": page,
        "is_narrowed": chosen is not None,
        "total": total,
        "certain": len(certain_pairs(connection)) if total else 0,
        "besides": besides(scope_of(connection), list(page)) if total else [],
    }
    return render(request, "sync/pairs.html", shown)


def _chosen(request: HttpRequest, pairs: QuerySet[LikelyPair]) -> QuerySet[LikelyPair] | None:
    """Those of the document that is asked for; None when it has none (any more)."""
    asked = request.GET.get("document", "")
    mine = pairs.filter(document=int(asked)) if asked.isdecimal() and len(asked) < 10 else pairs.none()
    return mine if mine.exists() else None


def _in_order(pairs: QuerySet[LikelyPair]) -> QuerySet[LikelyPair]:
    """The latest first; what one document may be stays together."""
    rows = pairs.select_related("document__contact", "document__company")
    return rows.order_by("-document__date", "document", "-is_strong", "pk")


def _act(request: HttpRequest, connection: Connection, person: User) -> None:
    act = request.POST.get("act")
    if act == "link-all":
        count = link_all(connection, by=person)
        messages.success(request, f"{count_text(count, 'pair')} linked. Where they differ, you choose next.")
        return
    pair = _pair(connection, request.POST.get("pair", ""))
    match act:
        case "link":
            is_done, says = link_pair(pair, by=person), LINKED
        case "apart":
            is_done, says = keep_apart(pair, by=person), KEPT
        case _:
            raise BadRequest("act is link, apart or link-all")
    if is_done:
        messages.success(request, says.format(pair.document))
    else:
        messages.warning(request, MEANWHILE.format(pair.document))


def _pair(connection: Connection, asked: str) -> LikelyPair:
    rows = LikelyPair.objects.filter(connection=connection).select_related("connection__company")
    found = rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    if found is None:
        raise Http404("no such pair")
    return found
