"""Rows for tests, real ones: a firm with people and companies, its documents, a connection in any state.

`cast.py` holds the fixed cast that the specifications name: an admin, a property manager, a
read-only person, one limited to a single company, and one from another account.
"""

from tests.factories.accounts import AccountFactory, MembershipFactory, RoleFactory, UserFactory, member
from tests.factories.billing import document, line
from tests.factories.integrations import ConnectionFactory, EpisodeFactory, GrantFactory, connection
from tests.factories.portfolio import (
    CompanyFactory,
    ContactFactory,
    PropertyFactory,
    TenancyFactory,
    limited_member,
)

__all__ = [
    "AccountFactory",
    "CompanyFactory",
    "ConnectionFactory",
    "ContactFactory",
    "EpisodeFactory",
    "GrantFactory",
    "MembershipFactory",
    "PropertyFactory",
    "RoleFactory",
    "TenancyFactory",
    "UserFactory",
    "connection",
    "document",
    "limited_member",
    "line",
    "member",
]
