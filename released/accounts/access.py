"""What a person may reach. Every page fetches through its app's `access` module.

What a person may not see answers exactly as if it did not exist: 404, never 403. A 403 is for
something that they see but may not do.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from released.accounts.backends import memberships_of
from released.accounts.models import Membership, User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; the login middleware has seen to it that there is one."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def membership_of(request: HttpRequest) -> Membership:
    """The membership the person works in; a person without any sees nothing at all."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        raise Http404("no membership")
    return membership


def memberships_allowing(user: User, permission: str) -> list[Membership]:
    """The person's memberships whose role holds `permission`; no query beyond the request's own."""
    return [membership for membership in memberships_of(user) if membership.allows(permission)]


def require(user: User, permission: str, scope: object) -> None:
    """Raise PermissionDenied unless the person holds `permission` for `scope`."""
    if not user.has_perm(permission, scope):
        raise PermissionDenied(permission)
