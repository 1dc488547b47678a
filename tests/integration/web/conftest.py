"""The cast, and a browser for each person."""

from collections.abc import Callable

import pytest
from django.test import Client

from released.accounts.models import User
from tests.factories.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def browse() -> Callable[[User], Client]:
    def _browse(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _browse
