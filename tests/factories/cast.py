"""The fixed cast of the specifications: one firm, its people and companies, and a stranger."""

from dataclasses import dataclass

from released.accounts.creating import add_role
from released.accounts.models import Account, User
from released.accounts.permissions import DEFAULT_ROLES, MANAGE_ADDONS
from released.portfolio.models import Company
from tests.factories.accounts import AccountFactory, UserFactory, member
from tests.factories.portfolio import CompanyFactory, limited_member

CONNECTOR_ROLE = "Account manager with add-ons"


@dataclass(frozen=True)
class Cast:
    """Northgate looks after Harbour View and Castlegate; Harbour Letting is another account."""

    account: Account
    harbour_view: Company
    castlegate: Company
    admin: User
    manager: User
    reader: User
    connector: User
    limited: User
    """A property manager who reaches Harbour View only."""
    foreign_company: Company
    stranger: User
    """Administrator of the other account."""
    operator: User
    """Staff with the Django admin and no membership anywhere."""


def assemble() -> Cast:
    """Create the cast."""
    account = AccountFactory.create(name="Northgate Property Management")
    other = AccountFactory.create(name="Harbour Letting")
    view = CompanyFactory.create(account=account, name="Harbour View Ltd")
    add_role(account, CONNECTOR_ROLE, [*DEFAULT_ROLES["Account manager"], MANAGE_ADDONS], by=None)
    return Cast(
        account=account,
        harbour_view=view,
        castlegate=CompanyFactory.create(account=account, name="Castlegate Estates Ltd"),
        admin=member(account, name="Daniel Okafor", email="admin@northgate.example"),
        manager=member(account, "Property manager", name="Priya Shah", email="manager@northgate.example"),
        reader=member(account, "Read only", name="Tom Ellery", email="readonly@northgate.example"),
        connector=member(account, CONNECTOR_ROLE, name="Nadia Rossi", email="connector@northgate.example"),
        limited=limited_member([view], name="Megan Hughes", email="limited@northgate.example"),
        foreign_company=CompanyFactory.create(account=other, name="Quayside Lettings Ltd"),
        stranger=member(other, name="Rosa Lind", email="admin@harbour.example"),
        operator=UserFactory.create(
            name="Olu Operator", email="operator@released.example", is_staff=True, is_superuser=True
        ),
    )
