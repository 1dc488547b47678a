"""What our accounts, tax types, tracking and contacts are called in Xero: offered once, changed at any time.

After a first consent it comes before the date. Nothing waits for it: what nobody decides is sent as it is.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrations.access import connection_of
from integrations.models import Connection
from released.accounts.access import signed_in
from released.accounts.models import User
from released.portfolio.models import Company
from released.web.words import count_text
from sync.matching.looking import look
from sync.matching.near_names import SAME_WORDS
from sync.matching.preflight import MATCHING, preflight
from sync.matching.reading import reading_of
from sync.matching.settling import keep_apart, link_near, set_matches
from sync.matching.standing import MatchingState, state_of
from sync.models import NearContact
from sync.pages.cures import foreseen
from sync.pages.doors import for_managers
from sync.pages.match_rows import chosen, sections
from sync.pages.steps import is_first

State = Connection.State
LIVE = (State.AWAITING_DATE, State.CONNECTED)
DECIDE = {"same": link_near, "apart": keep_apart}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_managers
def xero_matching(request: HttpRequest, company: Company) -> HttpResponse:
    """POST `act` is save, or look: ask Xero for its chart again."""
    connection = connection_of(company)
    if connection.xero_tenant_id is None:
        return redirect("xero", company.pk)
    if request.method == "POST":
        return _act(request, connection)
    if connection.state in LIVE and reading_of(connection) is None:
        look(connection)
    return _page(request, connection)


def _act(request: HttpRequest, connection: Connection) -> HttpResponse:
    match request.POST.get("act", "save"):
        case "save":
            return _save(request, connection)
        case "look":
            if connection.state in LIVE:
                look(connection)
            return redirect("xero-matching", connection.company_id)
        case _:
            raise BadRequest("act is save or look")


def _save(request: HttpRequest, connection: Connection) -> HttpResponse:
    state, person = state_of(connection, counted=False), signed_in(request)
    wanted, is_known = chosen(state.rows, request.POST)
    with transaction.atomic():
        count = set_matches(connection, wanted, by=person)
        count += _decide(state, request, person)
    if not is_known:
        messages.info(request, "Xero’s chart has changed meanwhile. Please look at it once more.")
        return redirect("xero-matching", connection.company_id)
    _tell(request, connection, count)
    return redirect("xero-sync-from" if is_first(connection) else "xero", connection.company_id)


def _decide(state: MatchingState, request: HttpRequest, person: User) -> int:
    """Contacts: the same, or two of them. What is left open is asked again."""
    said = [(pair, DECIDE.get(request.POST.get(f"near-{pair.pk}", ""))) for pair in state.near]
    return sum(decide(pair, by=person) for pair, decide in said if decide)


def _tell(request: HttpRequest, connection: Connection, count: int) -> None:
    left = sum(one.open for one in state_of(connection, counted=False).counts.values())
    rest = f" What is still open is sent as it is: {count_text(left, 'name')}." if left else ""
    if count:
        messages.success(request, f"Saved: {count_text(count, 'decision')}.{rest}")
    elif left:
        messages.info(request, f"Nothing was changed.{rest}")


def _page(request: HttpRequest, connection: Connection) -> HttpResponse:
    state = state_of(connection)
    asked = sections(state.rows, with_same="all" in request.GET)
    shown: dict[str, Any] = {
        "company": connection.company,
        "connection": connection,
        "state": state,
        "sections": asked,
        "asks": bool(state.near) or any(one.asked for one in asked),
        "near": [(pair, _is_likely(pair, state)) for pair in state.near],
        "findings": foreseen(connection, preflight(connection, connection.sync_from), leave_out=MATCHING),
        "is_first": is_first(connection),
        "is_unread": not state.is_readable,
        "is_live": connection.state in LIVE,
    }
    return render(request, "sync/matching.html", shown)


def _is_likely(pair: NearContact, state: MatchingState) -> bool:
    """The same name but for its spelling, and no other pair about either of the two."""
    about = [one for one in state.near if pair.contact_id == one.contact_id or pair.xero_id == one.xero_id]
    return len(about) == 1 and pair.reason == SAME_WORDS
