"""One Chromium and one running product for all browser tests; each test brings its own people."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import running_chromium
from tests.browser.firm import Firm
from tests.browser.people import People
from tests.browser.stack import Stack, running_stack

PATIENCE = 20_000  # milliseconds: two cores may be busy with the rest of a test run


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("browser") / "run") as running:
        yield running


@pytest.fixture(scope="session")
def firm(stack: Stack) -> Iterator[Firm]:
    northgate = Firm(stack)
    yield northgate
    northgate.close()


@pytest.fixture(scope="session")
def known(chromium: Browser, stack: Stack) -> People:
    return People(chromium, stack.site)


@pytest.fixture
def people(known: People) -> Iterator[People]:
    yield known
    known.leave()
