"""Gives every full page its banner.

Lazy, so that a page that does not show it pays nothing; one query for those who hold manage add-ons,
none for anyone else (tests/integration/notifications/test_banner_cost.py).
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications import banners
from notifications.losses import open_losses

FOLDED_KEY = "banner_folded"
STEPS = frozenset(
    {"xero-connect", "xero-reconnect", "xero-leave", "xero-choose", "xero-outcome", "xero-sync-from"}
)


def banner(request: HttpRequest) -> dict[str, Any]:
    """`banner` for base.html; a fragment that htmx asked for has none."""
    if is_fragment(request):
        return {"banner": None}
    return {"banner": SimpleLazyObject(lambda: banner_of(request))}


def is_fragment(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "boosted", False)


def banner_of(request: HttpRequest) -> banners.Banner | None:
    membership = getattr(request, "membership", None)
    if membership is None:
        return None
    return banners.choose(
        open_losses(membership),
        folded=request.session.get(FOLDED_KEY),
        step_company_id=step_company_id(request),
    )


def step_company_id(request: HttpRequest) -> int | None:
    """The company that this very page reconnects, if it is one of those steps."""
    match = request.resolver_match
    if match is None or match.url_name not in STEPS:
        return None
    company_id: int | None = match.kwargs.get("company_id")
    return company_id
