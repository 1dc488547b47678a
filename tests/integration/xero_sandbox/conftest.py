"""One sandbox process for the session, wiped before every test."""

from collections.abc import Iterator

import pytest

from tests.integration.xero_sandbox.driver import App, Sandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox_address() -> Iterator[str]:
    with running_sandbox() as address:
        yield address


@pytest.fixture
def sandbox(sandbox_address: str) -> Iterator[Sandbox]:
    sandbox = Sandbox(sandbox_address)
    sandbox.control("reset", seed="demo")
    sandbox.control("limits", enabled=False)
    yield sandbox
    sandbox.http.clear()


@pytest.fixture
def app(sandbox: Sandbox) -> App:
    return sandbox.connect()
