"""The sandbox's control room in Chromium: by keyboard alone, without scripts, on a phone, in the dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.integration.xero_sandbox.driver import HARBOUR, Sandbox, running_sandbox

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with running_sandbox() as address:
        sandbox = Sandbox(address)
        yield sandbox
        sandbox.http.clear()


def open_page(chromium: Browser, sandbox: Sandbox, path: str, **options: object) -> Page:
    page = chromium.new_context(**options).new_page()  # type: ignore[arg-type]
    page.goto(f"{sandbox.base}{path}")
    return page


def reach(page: Page, label: str) -> None:
    """Press Tab until the thing so named has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == label:
            return
    raise AssertionError(label)


def test_an_app_is_disconnected_by_keyboard_and_without_scripts(chromium: Browser, room: Sandbox) -> None:
    room.control("reset")
    app = room.connect()
    page = open_page(chromium, room, "/sandbox/")
    reach(page, "Disconnect App")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=**")
    assert page.get_by_role("status").text_content() == f"Disconnected {HARBOUR}."
    assert app.call("GET", "Organisation").status == 403
    page.context.close()


def test_a_consent_is_given_without_scripts(chromium: Browser, room: Sandbox) -> None:
    room.control("reset")
    back = f"{room.base}/sandbox/"
    path = room.authorize_address(redirect_uri=back).removeprefix(room.base)
    page = open_page(chromium, room, path, java_script_enabled=False)
    page.get_by_label("Priya Shah").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Castlegate Estates Ltd").check()
    page.get_by_role("button", name="Allow access").click()
    page.wait_for_url("**/sandbox/?code=*")
    assert [row["tenantName"] for row in room.state()["connections"]] == ["Castlegate Estates Ltd"]
    page.context.close()


def pages(sandbox: Sandbox) -> Iterator[str]:
    """Every page there is, with something on it."""
    sandbox.control("reset")
    app = sandbox.connect()
    consent = sandbox.authorize_address().removeprefix(sandbox.base)
    yield "/sandbox/"
    yield f"/sandbox/organisations/{app.organisation_id}"
    yield f"/sandbox/documents/{app.create()['InvoiceID']}"
    yield consent
    yield f"{consent}&user=daniel@northgate.example"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(chromium: Browser, room: Sandbox, scheme: str) -> None:
    for path in pages(room):
        page = open_page(chromium, room, path, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        page.context.close()


def test_every_page_fits_a_phone(chromium: Browser, room: Sandbox) -> None:
    for path in pages(room):
        page = open_page(chromium, room, path, viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
        page.context.close()
