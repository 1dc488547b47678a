"""The sandbox Xero: one process for the run, as good as new for each test."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from integrations.xero import oauth, published_keys
from tests.sandbox import Sandbox, running


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox, settings: Settings) -> Sandbox:
    """Reset to its demo cast; the settings point at it."""
    sandbox_process.do("reset")
    settings.XERO_LOGIN_URL = settings.XERO_IDENTITY_URL = settings.XERO_API_URL = sandbox_process.url
    published_keys.forget()
    oauth.forget_app_token()
    return sandbox_process
