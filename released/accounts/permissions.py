"""The closed list of what a role may allow. `user.has_perm(permission, company)` is the one question asked.

A permission is a plain string with its app's name in front. Roles hold sets of them
(`Role.permissions`), editable per account; nothing else grants anything.
"""

from typing import Final

VIEW = "billing.view_documents"
EDIT = "billing.edit_documents"
APPROVE = "billing.approve_documents"
RESOLVE = "sync.resolve_documents"
MANAGE_ADDONS = "integrations.manage_addons"
MANAGE_PEOPLE = "accounts.manage_people"

PERMISSIONS: Final[dict[str, str]] = {
    VIEW: "See income and expenses",
    EDIT: "Enter and change documents",
    APPROVE: "Approve and void documents",
    RESOLVE: "Settle what Xero refused and what changed on both sides",
    MANAGE_ADDONS: "Manage integrations and add-ons",
    MANAGE_PEOPLE: "Manage people and their roles",
}

DEFAULT_ROLES: Final[dict[str, tuple[str, ...]]] = {
    "Administrator": tuple(PERMISSIONS),
    "Account manager": (VIEW, EDIT, APPROVE, RESOLVE),
    "Property manager": (VIEW, EDIT, APPROVE),
    "Read only": (VIEW,),
}
