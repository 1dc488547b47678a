"""Typed here and in Xero: found when access is back, compared, and made one with three clicks."""

import pytest
from playwright.sync_api import expect

from demo.tour.patience import wait_for
from tests.browser.firm import Firm
from tests.browser.people import ADMIN, People
from tests.browser.scenery import ORCHARD, raise_one
from tests.browser.typed_twice import type_on_both_sides

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_it_is_compared_and_linked_and_is_in_xero_once(firm: Firm, people: People) -> None:
    path = type_on_both_sides(firm, ORCHARD, lambda: raise_one(firm, ORCHARD, "Save and approve"))
    admin = people.come(ADMIN)
    admin.open(path)
    ours = admin.page.get_by_test_id("document-number").text_content() or ""
    expect(admin.page.get_by_test_id("sync-state").first).to_have_text("May be in Xero")
    admin.click("Compare it with Xero’s", role="link")
    pair = admin.page.get_by_test_id("likely-pair")
    expect(pair).to_have_count(1)
    expect(pair).to_contain_text("our number is Xero’s reference")
    admin.click("Link: they are the same")
    expect(admin.page.get_by_role("status").first).to_contain_text("one document from now on")
    there = [row for row in firm.documents_in_xero(ORCHARD) if row["reference"] == ours]
    assert len(there) == 1
    admin.open(firm.until_linked(path, "Compare and choose"))
    admin.click("Take Xero’s")
    wait_for(lambda: in_xero_as(firm, path, there[0]["number"]), within=30, what="both sides in step")
    assert admin.complaints == []


def in_xero_as(firm: Firm, path: str, number: str) -> bool | None:
    page = firm.admin.open(path)
    is_there = page.one("sync-state").words == "In Xero" and page.one("document-number").words == number
    return True if is_there else None
