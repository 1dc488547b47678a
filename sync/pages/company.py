"""A company's Xero page: how its connection is, what it did, and what can be done."""

from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations.causes import words_for
from integrations.models import Connection, Episode
from integrations.own_fault import stopped_since
from released.clock import now
from released.portfolio.models import Company
from sync import allowance
from sync.models import Run
from sync.pages.doors import for_managers
from sync.pages.evidence import sights
from sync.pages.facts import LOGGED, log_and_facts
from sync.pages.following import followed
from sync.pages.overview import Overview, overview
from sync.pages.strip import LENGTH
from sync.pages.unanswered import unanswered


@require_safe
@for_managers
def xero(request: HttpRequest, company: Company) -> HttpResponse:
    one = overview(company)
    shown: dict[str, Any] = {"company": company, "one": one, "connection": one.connection, "now": now()}
    if one.connection is None:
        return render(request, "sync/unconnected.html", shown)
    return render(
        request, "sync/company.html", shown | _lost(one) | _quieter(one.connection) | _story(one.connection)
    )


def _lost(one: Overview) -> dict[str, Any]:
    """The open loss, if there is one: why, with what evidence."""
    episode = one.episode
    if episode is None:
        return {"lost": None, "outage": None, "cause": None, "sights": []}
    is_lost = episode.kind == Episode.Kind.LOST
    return {
        "lost": episode if is_lost else None,
        "outage": None if is_lost else episode,
        "cause": words_for(episode),
        "sights": sights(episode),
    }


def _quieter(connection: Connection) -> dict[str, Any]:
    """What stops or narrows sync while access is intact: our own fault, or permissions that are missing."""
    asked = (
        connection.events.filter(what="scopes_missing").order_by("-at").values_list("at", flat=True).first()
    )
    return {
        "stopped_since": stopped_since(connection),
        "unanswered": unanswered(connection),
        "asked_at": asked if connection.missing_scopes else None,
        "support_email": settings.SUPPORT_EMAIL,
    }


def _story(connection: Connection) -> dict[str, Any]:
    since = now() - timedelta(days=LENGTH)
    lately = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    episodes = connection.episodes.filter(lately).select_related("connection__grant", "told")
    return {
        "followed": followed(connection),
        "is_live": False,
        "episodes": [(episode, words_for(episode)) for episode in episodes],
        "allowance": _allowance(connection),
        "events": connection.events.select_related("actor")[:LOGGED],
        "trigger": Run.Trigger,
    } | log_and_facts(connection)


def _allowance(connection: Connection) -> allowance.Reading | None:
    """What Xero last said is left; None where it said nothing, or nobody remembers."""
    if connection.xero_tenant_id is None:
        return None
    try:
        left = allowance.reading(connection.xero_tenant_id)
    except redis.RedisError:
        return None  # the counts are a convenience here; the page itself must not hang on them
    return left if left.day is not None else None
