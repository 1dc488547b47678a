"""The reviewed table of doors. To change a row is to change who may do what: review it as such.

Names are those of the URL configuration. Every address of the Django admin is one row: operators only.
"""

from typing import Final

from tests.integration.walk.doors import (
    ADMIN,
    ANONYMOUS,
    CONNECTOR,
    LIMITED,
    MANAGER,
    MEMBERS,
    ROLES,
    STRANGER,
    Answer,
    Door,
)

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
NORTHGATE = MEMBERS - {STRANGER}
VIEWERS = MEMBERS
EDITORS = frozenset({ADMIN, MANAGER, CONNECTOR, LIMITED, STRANGER})
APPROVERS = EDITORS
RESOLVERS = frozenset({ADMIN, CONNECTOR, STRANGER})
CONNECTORS = frozenset({ADMIN, CONNECTOR, STRANGER})

PUBLIC_PAGE = Door(reads=EVERYBODY, is_public=True, needs_membership=False)

TABLE: Final[dict[str, Door]] = {
    # Outside of sign-in
    "login": Door(reads=EVERYBODY, writes=EVERYBODY, is_public=True, needs_membership=False),
    "healthz": PUBLIC_PAGE,
    "readyz": PUBLIC_PAGE,
    "metrics": PUBLIC_PAGE,
    # Xero's own messages: no session counts, only the signature, which the walk does not have
    "xero-webhooks": Door(
        writes=frozenset(), is_public=True, needs_membership=False, refuses=Answer.UNPROVEN
    ),
    # Everybody who is signed in, whatever they belong to
    "logout": Door(writes=SIGNED_IN, needs_membership=False),
    "banner-fold": Door(writes=SIGNED_IN, needs_membership=False),
    "account-switch": Door(
        reads=SIGNED_IN, writes=NORTHGATE, needs_membership=False, refuses=Answer.NOT_FOUND
    ),
    "xero-callback": Door(reads=SIGNED_IN, needs_membership=False, knows_head=False),
    # Pages of an account
    "home": Door(reads=VIEWERS),
    "refusal-mails": Door(reads=VIEWERS, writes=VIEWERS),
    # Income and Expenses
    "income-and-expenses": Door(reads=VIEWERS),
    "document": Door(reads=VIEWERS, is_about_object=True),
    "document-new": Door(reads=EDITORS, writes=EDITORS),
    "document-new of a company": Door(reads=EDITORS, writes=EDITORS, is_about_object=True),
    "document-new from a document": Door(reads=EDITORS, writes=EDITORS, is_about_object=True),
    "document-edit": Door(reads=EDITORS, writes=EDITORS, is_about_object=True),
    "document-approve": Door(writes=APPROVERS, is_about_object=True),
    "document-void": Door(reads=APPROVERS, writes=APPROVERS, is_about_object=True),
    "document-delete": Door(reads=EDITORS, writes=EDITORS, is_about_object=True),
    # What sync could not settle by itself
    "document-sharing": Door(writes=RESOLVERS, is_about_object=True),
    "xero-pairs": Door(reads=RESOLVERS, writes=RESOLVERS, is_about_object=True),
    "sync-results": Door(reads=RESOLVERS),
    "problem-act": Door(writes=RESOLVERS, is_about_object=True, asks_role_first=True),
    "problem-redate": Door(reads=RESOLVERS, writes=RESOLVERS, is_about_object=True, asks_role_first=True),
    "conflict": Door(reads=RESOLVERS, writes=RESOLVERS, is_about_object=True, asks_role_first=True),
    "reconciliation": Door(reads=RESOLVERS),
    "reconciliation of a company": Door(reads=RESOLVERS, is_about_object=True, asks_role_first=True),
    "reconciliation-download": Door(reads=RESOLVERS, is_about_object=True, asks_role_first=True),
    # Settings: connections, only for those who manage add-ons
    "add-ons": Door(reads=CONNECTORS),
    "xero-several": Door(reads=CONNECTORS, writes=CONNECTORS),
    "xero": Door(reads=CONNECTORS, is_about_object=True),
    "xero-diagnostics": Door(reads=CONNECTORS, is_about_object=True),
    "xero-progress": Door(reads=CONNECTORS, is_about_object=True),
    "xero-receipt": Door(reads=CONNECTORS, is_about_object=True),
    "xero-sync-from": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-matching": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-numbering": Door(writes=CONNECTORS, is_about_object=True),
    "xero-sync-now": Door(writes=CONNECTORS, is_about_object=True),
    "xero-connect": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-reconnect": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-leave": Door(reads=CONNECTORS, is_about_object=True),
    "xero-take-over": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-choose": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "xero-outcome": Door(reads=CONNECTORS, is_about_object=True),
    "xero-disconnect": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "reminders": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
    "reminders-of-lost": Door(reads=CONNECTORS, writes=CONNECTORS, is_about_object=True),
}

# The same address with an object in its query; the parameters are filled in with the object's key.
QUERIES: Final[dict[str, tuple[str, str]]] = {
    "document-new of a company": ("document-new", "company={company_id}"),
    "document-new from a document": ("document-new", "credits={document_id}"),
    "reconciliation of a company": ("reconciliation", "company={company_id}"),
    "reconciliation-download": ("reconciliation-download", "company={company_id}"),
}
VARIANTS: Final = {row for row, (name, _) in QUERIES.items() if row != name}

# What is posted where an empty form would be refused before anybody is asked who they are.
POSTED: Final[dict[str, str]] = {
    "account-switch": "account={account_id}",
    "document-sharing": "share=no",
    "problem-act": "act=exclude",
    "problem-redate": "day=2026-01-01",
    "xero-pairs": "act=link-all",
    "xero-numbering": "numbering=ours",
    "conflict": "choice=ours",
}
