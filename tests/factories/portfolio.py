"""Companies with their chart of accounts, properties, tenancies, contacts."""

from datetime import date
from decimal import Decimal
from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from released.accounts.models import Role, User
from released.portfolio.creating import create_company
from released.portfolio.limiting import limit_membership
from released.portfolio.models import Company, Contact, Property, Tenancy
from tests.factories.accounts import AccountFactory, MembershipFactory, UserFactory


class CompanyFactory(DjangoModelFactory[Company]):
    """A company with the chart of accounts and the tax rates that every new one gets."""

    account = SubFactory(AccountFactory)
    name = Sequence("Company {} Ltd".format)

    class Meta:
        model = Company

    @classmethod
    def _create(cls, model_class: type[Company], *args: Any, **kwargs: Any) -> Company:
        company = create_company(kwargs.pop("account"), kwargs.pop("name"))
        for name, value in kwargs.items():
            setattr(company, name, value)
        company.save()
        return company


class ContactFactory(DjangoModelFactory[Contact]):
    """Somebody a company deals with."""

    company = SubFactory(CompanyFactory)
    name = Sequence("Contact {}".format)

    class Meta:
        model = Contact


class PropertyFactory(DjangoModelFactory[Property]):
    """A building."""

    company = SubFactory(CompanyFactory)
    name = Sequence("{} Harbour Street".format)

    class Meta:
        model = Property


class TenancyFactory(DjangoModelFactory[Tenancy]):
    """An agreement; its lessee is a contact of the building's company."""

    premises = SubFactory(PropertyFactory)
    lessee = LazyAttribute(lambda made: ContactFactory.create(company=made.premises.company))
    unit = Sequence("Flat {}".format)
    rent = Decimal("1250.00")
    starts_on = date(2025, 1, 1)

    class Meta:
        model = Tenancy


def limited_member(companies: list[Company], role: str = "Property manager", **person: Any) -> User:
    """A person who reaches these companies of one account and no others."""
    account = companies[0].account
    user = UserFactory.create(**person)
    membership = MembershipFactory.create(
        account=account, user=user, role=Role.objects.get(account=account, name=role)
    )
    limit_membership(membership, companies, by=None)
    return user
