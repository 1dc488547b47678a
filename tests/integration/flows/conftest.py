"""The cast, each in a browser of their own, before the sandbox Xero."""

import pytest
from django.core.cache import cache

from tests.factories.cast import Cast, assemble
from tests.flows import Person, signed_in
from tests.sandbox import Sandbox


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The watch remembers for minutes what it has just confirmed."""
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(cast: Cast, sandbox: Sandbox) -> Person:
    return signed_in(cast.admin, sandbox)


@pytest.fixture
def connector(cast: Cast, sandbox: Sandbox) -> Person:
    return signed_in(cast.connector, sandbox)


@pytest.fixture
def manager(cast: Cast, sandbox: Sandbox) -> Person:
    return signed_in(cast.manager, sandbox)


@pytest.fixture
def stranger(cast: Cast, sandbox: Sandbox) -> Person:
    return signed_in(cast.stranger, sandbox)
