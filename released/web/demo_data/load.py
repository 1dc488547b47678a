"""Writes the demo's firms, in bulk: the use cases one by one would take minutes."""

import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from released.accounts.creating import add_member, add_role, create_account
from released.accounts.models import Account, Role, User
from released.clock import today
from released.portfolio.creating import create_company
from released.portfolio.limiting import limit_membership
from released.portfolio.models import Company
from released.web.demo_data.estates import ESTATES
from released.web.demo_data.firms import FIRMS, OPERATOR, Firm, Person
from released.web.demo_data.ledger import write_entries
from released.web.demo_data.occupancy import write_estate
from released.web.demo_data.plan import entries

PASSWORD = "demo"  # noqa: S105 -- said aloud by the demo; the command refuses outside DEBUG


@transaction.atomic
def load_firms() -> dict[str, int]:
    """Create both firms unless they are there; how many documents each company was given."""
    if Account.objects.filter(name=FIRMS[0].name).exists():
        return {}
    password = make_password(PASSWORD)
    User.objects.create(
        email=OPERATOR.email, name=OPERATOR.name, password=password, is_staff=True, is_superuser=True
    )
    made: dict[str, int] = {}
    for firm in FIRMS:
        made |= _load(firm, password, today())
    return made


def _load(firm: Firm, password: str, day: datetime.date) -> dict[str, int]:
    account = create_account(firm.name, by=None)
    for name, permissions in firm.roles:
        add_role(account, name, list(permissions), by=None)
    companies = {name: create_company(account, name) for name in firm.companies}
    people = [_join(account, person, companies, password) for person in firm.people]
    author = people[1] if len(people) > 1 else people[0]
    return {company.name: _fill(company, author, day) for company in companies.values()}


def _join(account: Account, person: Person, companies: dict[str, Company], password: str) -> User:
    user = User.objects.create(email=person.email, name=person.name, password=password)
    role = Role.objects.get(account=account, name=person.role)
    membership = add_member(user, role, by=None)
    if person.companies:
        limit_membership(membership, [companies[name] for name in person.companies], by=None)
    return user


def _fill(company: Company, author: User, day: datetime.date) -> int:
    estate = next(estate for estate in ESTATES if estate.company == company.name)
    plan = entries(estate, day)
    tenancies = write_estate(company, estate, plan)
    return write_entries(company, plan, tenancies, author)
