"""Income and Expenses: the list."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from released.accounts.access import membership_of
from released.accounts.permissions import EDIT, VIEW
from released.billing.access import documents
from released.billing.forms.filter import FilterForm
from released.billing.sorting import DEFAULT, headings, order_of, ordered, words_of
from released.billing.sums import sums_of
from released.billing.tabs import tabs
from released.clock import today
from released.portfolio.access import companies_allowing

ON_A_PAGE = 50


@require_safe
def income_and_expenses(request: HttpRequest) -> HttpResponse:
    """The documents that the person may see, narrowed, summed and paged."""
    membership = membership_of(request)
    form = FilterForm(request.GET, membership)
    found, order = form.narrow(documents(membership)), order_of(request.GET.get("sort"))
    pages = Paginator(ordered(found.select_related("contact", "company"), order), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = tabs(membership, shown=form.cleaned_data.get("type", "")) | {
        "form": form,
        "page": page,
        "page_numbers": list(pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "elided": pages.ELLIPSIS,
        "sort": "" if order == DEFAULT else order,
        "headings": headings(order),
        "order_says": words_of(order),
        "sums": sums_of(found),
        "shows_company": len(form.companies) > 1,
        "may_enter": companies_allowing(membership, EDIT).exists(),
        "sees_nothing": not membership.allows(VIEW),
        "is_filtered": any(value for name, value in request.GET.items() if name not in ("page", "sort")),
        "for_company": f"?company={form.cleaned_data['company']}" if form.cleaned_data.get("company") else "",
        "today": today(),
    }
    return render(request, "billing/list.html", context)
