"""On paper: the document and nothing around it, also while access is lost."""

import pytest

from tests.browser.firm import Firm
from tests.browser.looks import wider_than_window
from tests.browser.people import ADMIN, People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
MILL_LANE = "Mill Lane Properties Ltd"
SHOWN = "one => getComputedStyle(one).display"
CHROME = ".bar, .sub, .banner, .skip, .crumbs, main .acts, .btn"


def test_paper_leaves_out_the_banner_and_the_menus(firm: Firm, people: People) -> None:
    with firm.lost(MILL_LANE):
        admin = people.come(ADMIN)
        admin.open(firm.documents(MILL_LANE)[0])
        around = admin.page.locator(CHROME).filter(visible=True)
        assert around.count() > 0
        assert admin.banner.is_visible()
        admin.page.emulate_media(media="print")
        assert around.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 80))") == []
        assert admin.page.get_by_test_id("document-number").is_visible()
        assert admin.page.get_by_role("heading", name="Lines").is_visible()


def test_on_a_sheet_a_table_stays_a_table(firm: Firm, people: People) -> None:
    """A sheet is narrower than the window at which tables become cards."""
    firm.connect(MILL_LANE)
    admin = people.come(ADMIN)
    admin.page.set_viewport_size({"width": 720, "height": 1000})
    for address in (firm.documents(MILL_LANE)[0], "/income-and-expenses/"):
        admin.open(address)
        table = admin.page.locator("table.cards").first
        assert table.evaluate(SHOWN) == "block"
        admin.page.emulate_media(media="print")
        assert table.evaluate(SHOWN) == "table"
        assert wider_than_window(admin.page) == []
        admin.page.emulate_media(media="screen")
