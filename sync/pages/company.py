"""A company's Xero page: how its connection is, what it did, and what can be done."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations.causes import words_for
from integrations.models import Connection
from released.clock import now
from released.portfolio.models import Company
from sync.models import Run
from sync.pages.doors import for_managers
from sync.pages.facts import log_and_facts
from sync.pages.following import followed
from sync.pages.overview import overview
from sync.pages.strip import LENGTH
from sync.pages.trouble import told_of, trouble


@require_safe
@for_managers
def xero(request: HttpRequest, company: Company) -> HttpResponse:
    one = overview(company)
    shown: dict[str, Any] = {"company": company, "one": one, "connection": one.connection, "now": now()}
    if one.connection is None:
        return render(request, "sync/unconnected.html", shown)
    return render(request, "sync/company.html", shown | trouble(one) | _story(one.connection))


def _story(connection: Connection) -> dict[str, Any]:
    since = now() - timedelta(days=LENGTH)
    lately = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    episodes = connection.episodes.filter(lately).select_related("connection__grant", "told")
    return {
        "followed": followed(connection),
        "is_live": False,
        "told": told_of(connection),
        "episodes": [(episode, words_for(episode)) for episode in episodes],
        "trigger": Run.Trigger,
    } | log_and_facts(connection)
