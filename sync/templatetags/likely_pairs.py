"""Wherever a company's sync is looked at: that some documents wait for a comparison."""

from typing import Any

from django import template
from django.template import Context

from integrations.models import Connection
from released.accounts.permissions import RESOLVE
from released.portfolio.models import Company
from sync.pairs.blocking import open_pairs

register = template.Library()


@register.inclusion_tag("sync/_pairs_wait.html", takes_context=True)
def pairs_wait(context: Context, company: Company) -> dict[str, Any]:
    """A note with the way there. Nothing for whoever can't settle documents."""
    connection = Connection.objects.filter(company=company).first()
    if connection is None or not context["request"].user.has_perm(RESOLVE, company):
        return {"count": 0}
    documents = open_pairs(connection).values("document").distinct()
    return {"count": documents.count(), "company": company}
