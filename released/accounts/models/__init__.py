"""Who may do what: accounts, people, memberships, roles."""

from released.accounts.models.account import Account
from released.accounts.models.audit import AuditEntry
from released.accounts.models.membership import Membership, Role
from released.accounts.models.user import User

__all__ = ["Account", "AuditEntry", "Membership", "Role", "User"]
