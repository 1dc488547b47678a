"""After each company, the next one: on its page while it catches up, on its receipt, and after a refusal."""

from typing import Any

from django import template

from integrations.queue import next_after, queue_of
from released.portfolio.models import Company

register = template.Library()


@register.inclusion_tag("integrations/_next_company.html", takes_context=True)
def next_company(context: dict[str, Any], company: Company) -> dict[str, Any]:
    """Nothing at all when no other company waits and none was chosen in this session."""
    request = context["request"]
    if getattr(request, "membership", None) is None:
        return {"queue": None, "next": None, "goes_on": False}
    queue = queue_of(request.membership, request.session)
    return {
        "queue": queue,
        "next": next_after(queue.waiting, company.pk),
        "goes_on": company.pk in queue.connected,
    }
