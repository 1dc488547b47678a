"""On paper: the document and nothing around it, also while access is lost."""

import pytest

from tests.browser.firm import Firm
from tests.browser.people import ADMIN, People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
MILL_LANE = "Mill Lane Properties Ltd"
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
