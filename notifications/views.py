"""Folding the banner, stopping reminders, and when one is told of refused documents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from integrations.access import company_for, manageable_companies
from notifications.context_processors import FOLDED_KEY
from notifications.losses import open_losses
from notifications.stopping import (
    are_stopped,
    choose_reminders,
    is_told_daily,
    resume_reminders,
    stop_reminders,
    stopped_among,
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
def reminders_of_lost(request: HttpRequest, company_id: int) -> HttpResponseBase:
    """Where `List-Unsubscribe` of a mail about several leads; the company says in which account.

    POST changes only what its page showed: another company may have been lost since.
    """
    user, company = signed_in(request), company_for(request, company_id)
    require(user, MANAGE_ADDONS, company)
    membership = membership_of(request)
    lost = {loss.company_id: loss.company for loss in open_losses(membership)}
    if request.method == "POST":
        shown, wanted = set(request.POST.getlist("shown")), set(request.POST.getlist("company"))
        mine = [one for one in manageable_companies(membership) if str(one.pk) in shown]
        choose_reminders(mine, wanted={one.pk for one in mine if str(one.pk) in wanted}, by=user)
        messages.success(request, "What you are reminded of is saved.")
        return redirect("reminders-of-lost", company_id=company.pk)
    stopped = stopped_among(lost.keys(), user=user)
    rows = [(pk, name, pk not in stopped) for pk, name in sorted(lost.items(), key=lambda one: one[1])]
    return render(request, "notifications/reminders_of_lost.html", {"company": company, "rows": rows})


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
