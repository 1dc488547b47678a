"""Folding the banner, stopping reminders, and when one is told of refused documents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from integrations.access import company_for
from notifications.context_processors import FOLDED_KEY
from notifications.stopping import (
    are_stopped,
    is_told_daily,
    resume_reminders,
    stop_reminders,
    tell_of_refusals,
)
from released.accounts.access import membership_of, require, signed_in
from released.accounts.permissions import MANAGE_ADDONS


@require_POST
def fold_banner(request: HttpRequest) -> HttpResponse:
    """Folds the banner for this session, or with an empty mark unfolds it; it never goes away by this."""
    request.session[FOLDED_KEY] = request.POST.get("mark", "")[:4000]
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "home")


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, company_id: int) -> HttpResponseBase:
    """Where `List-Unsubscribe` leads: the link itself stops nothing, the signed-in person's button does."""
    user, company = signed_in(request), company_for(request, company_id)
    require(user, MANAGE_ADDONS, company)
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        (resume_reminders if wants else stop_reminders)(company, by=user)
        messages.success(request, f"Reminders about {company} are {'on' if wants else 'off'} for you.")
        return redirect("reminders", company_id=company.pk)
    context = {"company": company, "are_stopped": are_stopped(company, user=user)}
    return render(request, "notifications/reminders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refusal_mails(request: HttpRequest) -> HttpResponseBase:
    """Each person decides for themselves: told at once of what Xero refused, or once a day."""
    user = membership_of(request).user
    if request.method == "POST":
        daily = request.POST.get("when") == "daily"
        tell_of_refusals(daily=daily, by=user)
        messages.success(
            request, f"You are told {'once a day' if daily else 'at once'} of what Xero refuses."
        )
        return redirect("refusal-mails")
    return render(request, "notifications/refusal_mails.html", {"is_daily": is_told_daily(user)})
