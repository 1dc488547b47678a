"""The form's totals follow the typing by themselves: nobody has to ask for them."""

import pytest
from playwright.sync_api import expect

from tests.browser.firm import Firm
from tests.browser.people import MANAGER, People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
COMPANY = "Orchard Row Ltd"


def test_the_total_follows_when_a_price_is_typed_and_the_field_is_left(firm: Firm, people: People) -> None:
    manager = people.come(MANAGER)
    manager.open(f"/income-and-expenses/new/invoice/?company={firm.number(COMPANY)}")
    price, total = manager.page.get_by_label("Price, line 1"), manager.page.locator("#entry-totals")
    price.fill("1250.00")
    price.press("Tab")
    expect(total).to_contain_text("£1,250.00")
    price.fill("990.00")
    price.press("Tab")
    expect(total).to_contain_text("£990.00")
    assert manager.complaints == []
