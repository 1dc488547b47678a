"""The frame of every page: `{% top_bar %}`, `{% section_tabs %}`, `{% sync_summary %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from released.accounts.backends import memberships_of
from released.accounts.models import Membership
from released.web import chrome

register = template.Library()


def _membership(context: Context) -> Membership | None:
    return getattr(context["request"], "membership", None)


@register.simple_tag(takes_context=True)
def account_name(context: Context) -> str:
    membership = _membership(context)
    return membership.account.name if membership else "Released"


@register.simple_tag
def zone_name() -> str:
    """London, of Europe/London."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")


@register.inclusion_tag("partials/_top_bar.html", takes_context=True)
def top_bar(context: Context) -> dict[str, Any]:
    request, membership = context["request"], _membership(context)
    return {
        "person": request.user,
        "name": account_name(context),
        "menu": chrome.menu(request, membership) if membership else [],
        "has_several": request.user.is_authenticated and len(memberships_of(request.user)) > 1,
    }


@register.inclusion_tag("partials/_tabs.html", takes_context=True)
def section_tabs(context: Context) -> dict[str, Any]:
    request, membership = context["request"], _membership(context)
    section = chrome.section_of(request)
    items = chrome.tabs(request, membership) if membership else []
    return {"label": section.label if section else "Section", "items": items}


@register.inclusion_tag("partials/_sync_summary.html", takes_context=True)
def sync_summary(context: Context, *, is_live: bool = False) -> dict[str, Any]:
    """`is_live`: sent along with a part of the page, to take the place of the one that is there."""
    membership = _membership(context)
    return {"tallies": chrome.tallies(membership) if membership else [], "is_live": is_live}
