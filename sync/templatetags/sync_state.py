"""What pages of a lower floor show of sync: the state of a document, and why it isn't in Xero."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.billing.models import Document
from released.portfolio.access import holders
from released.web.templatetags.ui import state as state_tag
from sync import standing
from sync.models import Conflict, Problem
from sync.states import SyncState, plain, states_for

register = template.Library()


@register.simple_tag(takes_context=True)
def sync_states(context: Context, documents: Iterable[Document]) -> dict[int, SyncState]:
    """The states of a whole list, in two queries."""
    found = states_for(documents)
    if _manages(context["request"]):
        return found
    return {key: plain(state) for key, state in found.items()}


@register.simple_tag
def sync_cell(states: Mapping[int, SyncState], document: Document) -> SafeString:
    """One row's state with a few words beneath."""
    state = states[document.pk]
    short = format_html("<small>{}</small>", state.short) if state.short else ""
    return format_html("{}{}", _shown(state), short)


@register.simple_tag(takes_context=True)
def sync_state(context: Context, document: Document, *, pill: bool = False) -> SafeString:
    """One document's state."""
    return _shown(sync_states(context, [document])[document.pk], pill=pill)


@register.inclusion_tag("sync/_note.html", takes_context=True)
def sync_note(context: Context, document: Document) -> dict[str, Any]:
    """Why it isn't in Xero, and what the person can do; nothing once it is there."""
    request, state = context["request"], sync_states(context, [document])[document.pk]
    unsettled = Conflict.objects.filter(document=document, resolved_at__isnull=True)
    is_waiting, is_unclear = state.kind == standing.WAITING, state.kind == standing.UNCLEAR
    can_resolve = request.user.has_perm(RESOLVE, document.company)
    return {
        "state": state,
        "document": document,
        "can_resolve": can_resolve,
        "is_unseen": is_unclear and _is_unseen(document),
        "compare_at": _compare_at(document) if is_unclear and can_resolve else "",
        "settlers": holders(document.company, RESOLVE) if is_unclear else [],
        "conflict": unsettled.first() if state.kind == standing.CONFLICT else None,
        "helpers": _helpers(request, document) if is_waiting and state.tone == "unavailable" else [],
    }


@register.simple_tag(takes_context=True)
def sync_asks(context: Context, document: Document) -> bool:
    """Whether the note asks this person to compare or to choose: then that is the page's main act."""
    kind = sync_states(context, [document])[document.pk].kind
    may_settle: bool = context["request"].user.has_perm(RESOLVE, document.company)
    return may_settle and kind in (standing.CONFLICT, standing.UNCLEAR)


def _is_unseen(document: Document) -> bool:
    """Xero will not say whether it has it: there is nothing to compare."""
    problem = document.link.problem
    return problem is not None and problem.cause == Problem.Cause.UNSEEN


def _compare_at(document: Document) -> str:
    """Where a person says whether Xero has it: the side by side of pairs, or the card of its problem."""
    problem = document.link.problem
    if problem is None or problem.cause == Problem.Cause.LIKELY_PAIR:
        return f"{reverse('xero-pairs', args=[document.company_id])}?document={document.pk}"
    return f"{reverse('sync-results')}?company={document.company_id}#problem-{problem.pk}"


def _helpers(request: HttpRequest, document: Document) -> list[str]:
    """Who can reconnect, told to those who can themselves; to others it would say what is wrong."""
    if not _manages(request):
        return []
    return [str(person) for person in holders(document.company, MANAGE_ADDONS)]


def _manages(request: HttpRequest) -> bool:
    membership = getattr(request, "membership", None)
    return membership is not None and membership.allows(MANAGE_ADDONS)


def _shown(state: SyncState, *, pill: bool = False) -> SafeString:
    return state_tag(state.tone, state.word, state.icon, pill=pill, testid="sync-state")
