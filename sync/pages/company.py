"""A company's Xero page: how its connection is, what it did, and what can be done."""

from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations.causes import words_for
from integrations.models import Connection, Episode
from integrations.own_fault import stopped_since
from released.clock import now
from released.portfolio.models import Company
from sync import allowance
from sync.matching.standing import state_of
from sync.models import Run, Schedule
from sync.pages.doors import for_managers
from sync.pages.evidence import sights
from sync.pages.following import followed
from sync.pages.halted import halted
from sync.pages.overview import Overview, overview
from sync.pages.strip import LENGTH
from sync.pages.unanswered import unanswered

LOGGED = 10


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
        "halted": halted(connection),
        "unanswered": unanswered(connection),
        "asked_at": asked if connection.missing_scopes else None,
        "support_email": settings.SUPPORT_EMAIL,
    }


def _story(connection: Connection) -> dict[str, Any]:
    since = now() - timedelta(days=LENGTH)
    episodes = connection.episodes.filter(opened_at__gte=since).select_related("connection__grant", "told")
    runs = list(connection.runs.select_related("asked_by")[:LOGGED])
    return {
        "followed": followed(connection),
        "is_live": False,
        "episodes": [(episode, words_for(episode)) for episode in episodes],
        "runs": runs,
        "last_run": next((run for run in runs if run.ended_at and run.result == "done"), None),
        "schedule": Schedule.objects.filter(connection=connection).first(),
        "allowance": _allowance(connection),
        "matching": state_of(connection, counted=False) if connection.xero_tenant_id else None,
        "events": connection.events.select_related("actor")[:LOGGED],
        "state": Connection.State,
        "trigger": Run.Trigger,
    }


def _allowance(connection: Connection) -> allowance.Reading | None:
    """What Xero last said is left; None where it said nothing, or nobody remembers."""
    if connection.xero_tenant_id is None:
        return None
    try:
        left = allowance.reading(connection.xero_tenant_id)
    except redis.RedisError:
        return None  # the counts are a convenience here; the page itself must not hang on them
    return left if left.day is not None else None
