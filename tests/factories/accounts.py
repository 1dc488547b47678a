"""Accounts with their default roles, people, memberships. Everybody's password is `demo`."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from released.accounts.creating import create_account
from released.accounts.models import Account, Membership, Role, User

PASSWORD = "demo"


@lru_cache(maxsize=1)
def hashed_password() -> str:
    """Hashed once: a slow hash for every person would be most of a test run."""
    return make_password(PASSWORD)


class AccountFactory(DjangoModelFactory[Account]):
    """A firm with the default roles."""

    name = Sequence("Firm {}".format)

    class Meta:
        model = Account

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, **kwargs: Any) -> Account:
        return create_account(kwargs["name"], by=None)


class RoleFactory(DjangoModelFactory[Role]):
    """A role besides the default ones."""

    account = SubFactory(AccountFactory)
    name = Sequence("Role {}".format)

    class Meta:
        model = Role


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in."""

    email = Sequence("person{}@firm.example".format)
    name = Sequence("Person {}".format)
    password = LazyFunction(hashed_password)

    class Meta:
        model = User


class MembershipFactory(DjangoModelFactory[Membership]):
    """A person's place in an account, as Administrator unless a role is given."""

    account = SubFactory(AccountFactory)
    user = SubFactory(UserFactory)
    role = LazyAttribute(lambda made: Role.objects.get(account=made.account, name="Administrator"))

    class Meta:
        model = Membership


def member(account: Account, role: str = "Administrator", **person: Any) -> User:
    """A new person in the account, in the role of that name."""
    user = UserFactory.create(**person)
    MembershipFactory.create(account=account, user=user, role=Role.objects.get(account=account, name=role))
    return user
