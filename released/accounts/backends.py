"""Answers `user.has_perm("integrations.manage_addons", company)` from memberships.

An object says which account it belongs to and which memberships reach it (`Scoped`), so that
this floor need not know companies. Read once per request: `memberships_of` keeps what it read
on the user object, and Django makes a new user object for every request.
"""

from typing import Any, Protocol, runtime_checkable

from django.contrib.auth.backends import BaseBackend

from released.accounts.models import Membership, User


@runtime_checkable
class Scoped(Protocol):
    """Something that belongs to an account: an Account itself, a company, what hangs on one."""

    def reached_by(self, membership: Membership) -> bool:
        """Whether this membership, by its account and its limits, reaches the object."""


def memberships_of(user: User) -> list[Membership]:
    """The person's living memberships with account and role; one query per user object."""
    known: list[Membership] | None = getattr(user, "_memberships", None)
    if known is None:
        found = user.memberships.filter(is_active=True).select_related("account", "role").order_by("pk")
        known = list(found)
        user._memberships = known  # type: ignore[attr-defined]
    return known


class MembershipBackend(BaseBackend):
    """Grants by membership, and only for objects: without an object it grants nothing."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or not isinstance(obj, Scoped):
            return set()
        return {
            permission
            for membership in memberships_of(user_obj)
            if obj.reached_by(membership)
            for permission in membership.role.permissions
        }
