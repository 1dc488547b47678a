"""The end of a sync that somebody watches: the whole page says so, and nothing is loaded anew."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.firm import Firm
from tests.browser.people import ADMIN, People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ORCHARD = "Orchard Row Ltd"
EARLIER = date(2020, 1, 1)


@pytest.fixture
def slow(firm: Firm) -> Iterator[Firm]:
    """Each call to Xero takes long enough for a person to see the bars move."""
    firm.connect(ORCHARD)
    firm.xero.do("limits", latency_ms=1500)
    yield firm
    firm.xero.do("limits", latency_ms=0)


def test_without_a_reload_the_page_says_that_the_sync_has_ended(slow: Firm, people: People) -> None:
    admin = people.come(ADMIN)
    page = admin.page
    admin.open(slow.page(ORCHARD, "sync-from/"))
    page.get_by_test_id("sync-from-date").fill(EARLIER.isoformat())
    page.locator("#content form button[type=submit]").last.click()
    bars, menu = page.get_by_test_id("sync-progress"), page.get_by_role("region", name="Xero connections")
    log = page.get_by_role("region", name="Sync log")
    expect(bars).to_have_attribute("data-moving", "yes")
    page.reload()
    expect(menu).to_contain_text(re.compile("syncing"))
    page.evaluate("window.stayed = true")
    expect(bars).to_have_attribute("data-moving", "no", timeout=120_000)
    expect(menu).not_to_contain_text("syncing")
    expect(log).not_to_contain_text("Running")
    expect(log.get_by_role("row").nth(1)).to_contain_text("Done")
    expect(page.locator("#company-head")).not_to_contain_text("Syncing")
    assert last_sync(page) != "not yet"
    assert page.evaluate("window.stayed")
    assert admin.complaints == []


def test_sync_now_is_followed_from_the_press_to_its_end(slow: Firm, people: People) -> None:
    """The page comes back before any run has begun; it follows it all the same."""
    admin = people.come(ADMIN)
    page = admin.page
    admin.open(slow.page(ORCHARD))
    press, bars = page.get_by_role("button", name=f"Sync {ORCHARD} now"), page.get_by_test_id("sync-progress")
    press.click()
    expect(bars).to_have_attribute("data-moving", "yes")
    expect(press).to_be_disabled()
    page.evaluate("window.stayed = true")
    expect(bars).to_have_attribute("data-moving", "no", timeout=120_000)
    expect(press).to_be_enabled()
    expect(page.get_by_role("region", name="Sync log").get_by_role("row").nth(1)).to_contain_text("Sync now")
    assert page.evaluate("window.stayed")
    assert admin.complaints == []


def last_sync(page: Page) -> str:
    fact = page.locator("#facts-panel dl > div").filter(has_text="Last sync")
    return (fact.locator("dd").text_content() or "").strip()
