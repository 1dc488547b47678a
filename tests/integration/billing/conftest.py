"""The cast, for every specification of billing."""

import pytest

from tests.factories.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    """One firm, its people and companies, and a stranger."""
    return assemble()
