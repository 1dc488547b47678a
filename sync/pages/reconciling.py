"""The reconciliation report: both sides by month, every difference, to read and to download."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from released.portfolio.models import Company
from sync.models import Reconciliation
from sync.pages.differences import shown as shown_differences
from sync.pages.differences import stored
from sync.pages.reach import chosen_company, followed_companies
from sync.pages.sides import Sides, sides

PAST = 10


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    reached = followed_companies(request)
    company = chosen_company(request, reached) or _most_telling(reached)
    compared = _latest(company) if company else None
    shown = {
        "companies": reached,
        "company": company,
        "compared": compared,
        "sides": sides(compared) if compared else Sides.nothing(),
        "differences": shown_differences(compared, company.currency) if company and compared else [],
        "past": _ended(company)[:PAST] if company else [],
    }
    return render(request, "sync/reconciliation.html", shown)


@require_safe
def reconciliation_download(request: HttpRequest) -> HttpResponse:
    """The months and the differences as CSV, for one company. Http404 before the first comparison."""
    company = chosen_company(request, followed_companies(request))
    compared = _latest(company) if company else None
    if company is None or compared is None:
        raise Http404("nothing to download")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="reconciliation-{company.pk}-{compared.at:%Y-%m-%d}.csv"'
    )
    answer.write("\ufeff")  # spreadsheets take the file for Latin-1 without it
    csv.writer(answer).writerows(_rows(company, compared))
    return answer


def _rows(company: Company, compared: Reconciliation) -> Iterator[list[Any]]:
    found = sides(compared)
    yield ["Company", safe(company.name)]
    yield ["Compared", compared.at.isoformat()]
    yield ["From", compared.compared_from or "all time"]
    yield ["Currency", company.currency]
    yield []
    yield [
        "Month",
        *(f"{side} {what}" for side in ("Here", "Xero") for what in ("documents", "income", "expenses")),
    ]
    for row in found.months:
        both = (row.here, row.xero)
        yield [
            f"{row.month:%Y-%m}",
            *(value for side in both for value in (side.count, side.income, side.expenses)),
        ]
    yield from _other_currencies(found)
    yield []
    yield ["Number", "What differs", "Here", "Xero"]
    for one in stored(compared):
        what = f"{one['what']}: {one['why']}" if one["why"] else one["what"]
        yield [safe(str(cell)) for cell in (one["number"], what, one["here"], one["xero"])]


def _other_currencies(found: Sides) -> Iterator[list[Any]]:
    """Months with money in other currencies than the company's, each for itself."""
    if not found.others:
        return
    yield []
    yield [
        "Month",
        "Currency",
        *(f"{side} {what}" for side in ("Here", "Xero") for what in ("income", "expenses")),
    ]
    for row in found.months:
        for other in row.others:
            sums = (value for side in (other.here, other.xero) for value in (side.income, side.expenses))
            yield [f"{row.month:%Y-%m}", safe(other.currency), *sums]


def safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula: numbers and names come from outside."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _ended(company: Company) -> QuerySet[Reconciliation]:
    return Reconciliation.objects.filter(connection__company=company, ended_at__isnull=False)


def _latest(company: Company) -> Reconciliation | None:
    return _ended(company).first()


def _most_telling(reached: QuerySet[Company]) -> Company | None:
    """Without a choice: a company whose last comparison found something, else the first that was compared."""
    last = Reconciliation.objects.filter(connection__company__in=reached, ended_at__isnull=False)
    latest = (
        last.order_by("connection", "-at", "-pk").distinct("connection").select_related("connection__company")
    )
    found = sorted(latest, key=lambda one: (one.agrees, one.connection.company.name))
    return found[0].connection.company if found else reached.first()
