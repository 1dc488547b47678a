"""Choosing the account to work in, for people who belong to more than one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from released.accounts.access import signed_in
from released.accounts.backends import memberships_of
from released.accounts.middleware import SESSION_KEY


@require_http_methods(["GET", "HEAD", "POST"])
def account_switch(request: HttpRequest) -> HttpResponse:
    """GET offers the person's accounts, POST takes one; a foreign or unknown account is a 404."""
    memberships = memberships_of(signed_in(request))
    if request.method != "POST":
        return render(request, "accounts/switch.html", {"memberships": memberships})
    chosen = request.POST.get("account", "")
    if chosen not in {str(membership.account_id) for membership in memberships}:
        raise Http404("no such account")
    request.session[SESSION_KEY] = int(chosen)
    return redirect("home")
