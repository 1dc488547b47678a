"""Puts the account that a signed-in person is working in on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from released.accounts.backends import memberships_of
from released.accounts.models import Membership, User

SESSION_KEY = "account"


class MembershipMiddleware:
    """Sets `request.membership`: the one chosen in the session, else the first; None when there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = current_membership(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def current_membership(request: HttpRequest) -> Membership | None:
    """The membership in force for this request."""
    if not isinstance(request.user, User):
        return None
    memberships = memberships_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    return next((m for m in memberships if m.account_id == chosen), memberships[0] if memberships else None)
