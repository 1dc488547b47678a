"""The cast, signed in, for every specification of billing."""

from collections.abc import Callable

import pytest
from django.test import Client

from released.accounts.models import User
from tests.factories.cast import Cast, assemble

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    """One firm, its people and companies, and a stranger."""
    return assemble()


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which the person is signed in."""

    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
