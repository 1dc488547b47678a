"""The receipt of a catch-up: what was sent and received, and the proof that both sides agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from integrations import dates
from integrations.access import connection_of
from integrations.models import Connection, Episode
from released.billing.models import Document
from released.portfolio.models import Company
from sync.models import DeliveryItem, Run
from sync.pages.doors import for_managers
from sync.pages.following import compared_by, latest_notable, sent_during
from sync.pages.sides import Sides, sides
from sync.pages.steps import was_matched
from sync.pages.tally import tally
from sync.sums import Money

LISTED = 50
DATES = ("date_confirmed", "date_changed")


@dataclass(frozen=True)
class Sent:
    """One document that went out, once."""

    document: Document
    at: datetime
    is_new: bool


@require_safe
@for_managers
def xero_receipt(request: HttpRequest, company: Company) -> HttpResponse:
    connection = connection_of(company)
    run = latest_notable(connection) if connection.pk else None
    if run is None or run.ended_at is None:
        return redirect("xero", company.pk)
    compared = compared_by(run)
    shown = {
        "company": company,
        "connection": connection,
        "run": run,
        "episode": _healed(connection, run),
        "compared": compared,
        "sides": sides(compared) if compared else Sides.nothing(),
        "tally": tally(company),
        "is_first": run.trigger == Run.Trigger.FIRST,
        "start": _start(connection, run),
        "has_matching": run.trigger == Run.Trigger.FIRST and was_matched(connection),
    }
    return render(request, "sync/receipt.html", shown | _sent(run, page=request.GET.get("page")))


def _healed(connection: Connection, run: Run) -> Episode | None:
    """The loss that this run caught up with."""
    if run.trigger != Run.Trigger.RECONNECT:
        return None
    lost = connection.episodes.filter(kind=Episode.Kind.LOST, closed_at__isnull=False)
    return lost.filter(closed_at__lte=run.ended_at).first()


def _start(connection: Connection, run: Run) -> str:
    """The date that this run caught up with, and whether it was moved for it; empty where none was chosen."""
    if run.trigger not in (Run.Trigger.RECONNECT, Run.Trigger.RANGE):
        return ""
    chosen = connection.events.filter(what__in=DATES, at__lte=run.started_at).first()
    return dates.compared(chosen.before, chosen.after) if chosen else ""


def _sent(run: Run, *, page: str | None) -> dict[str, Any]:
    items = DeliveryItem.objects.filter(
        delivery__in=sent_during(run),
        document__isnull=False,
        document__link__xero_id__isnull=False,
    ).select_related("delivery", "document__contact")
    rows: dict[int, Sent] = {}
    for item in items.order_by("delivery__last_sent_at", "position"):
        if item.document is not None:
            rows[item.document.pk] = Sent(item.document, item.delivery.last_sent_at, item.delivery.is_create)
    sent = list(rows.values())
    listed = Paginator(sent, LISTED).get_page(page)
    return {"page": listed, "sent_count": len(sent), "sums": _sums(run.connection.company.currency, sent)}


def _sums(own: str, sent: Iterable[Sent]) -> list[tuple[str, Money]]:
    """(currency, what was sent in it), the company's own first: nothing is converted. Expenses below nil."""
    found = {own: Money()}
    for one in sent:
        document, money = one.document, one.document.signed_total
        more = Money(income=money) if document.sort.is_income else Money(expenses=money)
        found[document.currency] = found.get(document.currency, Money()) + more
    return sorted(found.items(), key=lambda pair: (pair[0] != own, pair[0]))
