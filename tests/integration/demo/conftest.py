"""A folder that PostgreSQL's account can reach: pytest's own are private to us."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.servers.places import throwaway


@pytest.fixture
def passable() -> Iterator[Path]:
    with throwaway("released-test-") as folder:
        yield folder
