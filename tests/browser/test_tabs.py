"""The tabs of a section on a phone: they scroll sideways, and the one that is shown is in sight."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import PHONE
from tests.browser.pages import RESULTS
from tests.browser.people import ADMIN, People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_last_tab_is_in_sight_on_its_own_page(people: People) -> None:
    admin = people.come(ADMIN, viewport=PHONE)
    admin.open(RESULTS)
    tabs = admin.page.get_by_role("navigation", name="Income and Expenses")
    expect(tabs.get_by_role("link", name="Sync results")).to_be_in_viewport(ratio=0.9)
    expect(tabs.get_by_role("link", name="All")).not_to_be_in_viewport()
    assert admin.complaints == []
