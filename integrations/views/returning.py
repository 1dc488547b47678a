"""Back from Xero: the callback, the choice where Xero leaves it open, and how an attempt ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from integrations import access
from integrations.binding import take_organisation, taken_by
from integrations.consents import latest_consent, session_secret, settle, unanswered_consent, use_consent
from integrations.errors import ConsentError, ConsentUsed, GrantGone
from integrations.following import page_after_binding
from integrations.models import Consent
from integrations.organisations import Offered
from integrations.outcomes import page_of
from integrations.returning import return_with_code
from integrations.views.connecting import explained
from integrations.views.doors import manages_addons, not_permitted
from released.accounts.access import signed_in
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio.models import Company

Outcome = Consent.Outcome


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Where Xero sends people back to. The state says which attempt this is; nothing else is believed.

    GET alone: a HEAD of something that looks at links would use the attempt up.
    """
    user, secret = signed_in(request), session_secret(request.session)
    state = request.GET.get("state", "")
    if not state and "error" in request.GET:
        return _denied_without_state(request)
    try:
        consent = use_consent(state, by=user, secret=secret)
    except ConsentError as problem:
        return _unusable(request, problem)
    company = access.company_for(request, consent.company_id)
    if not user.has_perm(MANAGE_ADDONS, company):
        settle(consent, Outcome.DENIED, detail="no longer permitted")
        return not_permitted(request, [company])
    code = request.GET.get("code", "")
    if not code:
        settle(consent, Outcome.DENIED, detail=request.GET.get("error", "")[:100])
    else:
        return_with_code(consent, code, by=user)
    return _next_page(consent)


@require_http_methods(["GET", "HEAD", "POST"])
@manages_addons
def choose(request: HttpRequest, company: Company) -> HttpResponse:
    """Which of the organisations, where Xero did not say which one was just granted."""
    user = signed_in(request)
    consent = latest_consent(company, by=user, secret=session_secret(request.session))
    if consent is None or consent.outcome != Outcome.CHOOSE:
        return redirect("xero-reconnect", company.pk)
    offered = [Offered.from_json(kept) for kept in consent.offered]
    chosen = next(
        (one for one in offered if str(one.xero_tenant_id) == request.POST.get("organisation")), None
    )
    if chosen is None:
        taken = taken_by(company, offered)
        choices = [(one, taken.get(one.xero_tenant_id, "")) for one in offered]
        context = {**explained(company, access.connection_of(company)), "choices": choices}
        context |= {"is_one_free": len(taken) < len(offered)}
        return render(request, "integrations/choose.html", {**context, "missed": request.method == "POST"})
    try:
        take_organisation(consent, chosen, by=user)
    except GrantGone:
        settle(consent, Outcome.EXPIRED)
    return _next_page(consent)


@require_safe
@manages_addons
def outcome(request: HttpRequest, company: Company) -> HttpResponse:
    """How the last attempt of this person ended: readable, reloadable, and without any effect."""
    consent = latest_consent(company, by=signed_in(request), secret=session_secret(request.session))
    page = page_of(consent) if consent else None
    if consent is None or page is None:
        return redirect("xero-reconnect", company.pk)
    connection = access.connection_of(company)
    chosen = Offered.from_json(consent.offered[0]).name if consent.offered else ""
    context = {**explained(company, connection), "consent": consent, "page": page, "chosen": chosen}
    is_taking_over = consent.purpose == Consent.Purpose.TAKE_OVER
    context |= {"again": "xero-take-over" if is_taking_over else "xero-leave"}
    return render(request, page.template, context)


def _next_page(consent: Consent) -> HttpResponse:
    if consent.outcome == Outcome.BOUND:
        return redirect(page_after_binding(consent), consent.company_id)
    return redirect(
        "xero-choose" if consent.outcome == Outcome.CHOOSE else "xero-outcome", consent.company_id
    )


def _denied_without_state(request: HttpRequest) -> HttpResponse:
    """Whether Xero returns the state on a denial is not documented (docs/xero.md A)."""
    secret = session_secret(request.session)
    consent = unanswered_consent(by=signed_in(request), secret=secret)
    if consent is None:
        return render(request, "integrations/attempt.html", {"says": "", "company": None}, status=400)
    settle(consent, Outcome.DENIED, detail=request.GET.get("error", "")[:100])
    return _next_page(consent)


def _unusable(request: HttpRequest, problem: ConsentError) -> HttpResponse:
    """Reloading the way back is harmless: it leads where the first time led."""
    consent = problem.consent
    if isinstance(problem, ConsentUsed) and consent is not None and consent.outcome:
        return _next_page(consent)
    context = {"says": str(problem), "company": consent.company if consent else None}
    return render(request, "integrations/attempt.html", context, status=400)
