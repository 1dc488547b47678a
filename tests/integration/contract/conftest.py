"""Answers of the sandbox, asked for once, and what the product says to it."""

from collections.abc import Iterator

import pytest

from tests.integration.contract.samples import Sample, sample_everything
from tests.integration.contract.spoken import Spoken, said, work
from tests.integration.xero_sandbox.driver import App
from tests.integration.xero_sandbox.driver import Sandbox as Raw
from tests.sandbox import Sandbox


@pytest.fixture(scope="session")
def raw(sandbox_process: Sandbox) -> Iterator[Raw]:
    """The same process, spoken to without any of the product's code."""
    found = Raw(sandbox_process.url)
    yield found
    found.http.clear()


@pytest.fixture
def app(raw: Raw) -> App:
    raw.control("reset")
    raw.control("limits", enabled=False)
    return raw.connect()


_kept: list[Sample] = []


@pytest.fixture
def samples(app: App) -> list[Sample]:
    """Asked once for the worker: they are only looked at."""
    _kept[:] = _kept or sample_everything(app)
    return _kept


@pytest.fixture
def spoken(transactional_db: None, sandbox: Sandbox) -> list[Spoken]:
    """What the product says in the course of its work."""
    work(sandbox, sandbox.connection())
    return said(sandbox)
