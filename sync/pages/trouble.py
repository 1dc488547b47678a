"""What stands in the way of a connection: told above all else on its page, and again when a sync ends."""

from typing import Any

from django.conf import settings

from integrations.causes import words_for
from integrations.models import Connection, Episode
from integrations.own_fault import stopped_since
from sync.pages.evidence import sights
from sync.pages.overview import Overview
from sync.pages.unanswered import unanswered


def trouble(one: Overview) -> dict[str, Any]:
    """What `sync/_standing.html` needs of a company that has a connection."""
    return _lost(one) | (_quieter(one.connection) if one.connection else {})


def told_of(connection: Connection) -> str:
    """What names the trouble that a page shows, so that it learns when one begins or ends."""
    opened = connection.episodes.filter(closed_at__isnull=True) if connection.pk else Episode.objects.none()
    return "-".join(str(pk) for pk in opened.order_by("pk").values_list("pk", flat=True))


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
