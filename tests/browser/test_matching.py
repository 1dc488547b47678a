"""Choosing by keyboard alone what an account is called in Xero."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import keys
from tests.browser.firm import Firm
from tests.browser.people import ADMIN, People, Person
from tests.browser.scenery import ORCHARD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CODE, OURS, ANOTHER = "473", "473 Repairs & Maintenance", "429 General Expenses"


@pytest.fixture
def archived(firm: Firm) -> Iterator[None]:
    """Xero no longer takes one of Orchard Row's accounts."""
    firm.connect(ORCHARD)
    firm.xero.do("archive-account", organisation=ORCHARD, code=CODE)
    yield
    firm.xero.do("archive-account", organisation=ORCHARD, code=CODE, restore=True)


def row(person: Person) -> Locator:
    return person.page.get_by_test_id("matching-account").get_by_role("row").filter(has_text=OURS)


@pytest.mark.usefixtures("archived")
def test_an_account_is_matched_and_matched_back_by_keyboard_alone(people: People, firm: Firm) -> None:
    typist = people.come(ADMIN)
    typist.open(firm.page(ORCHARD))
    keys.press_and_arrive(typist, "Change the matching", f"**{firm.page(ORCHARD, 'matching/')}")
    keys.press(typist, "Read it again now")
    expect(row(typist)).to_contain_text("473 is archived in Xero")
    keys.reach(typist, f"{OURS} in Xero")
    typist.page.keyboard.type("429")
    expect(row(typist).get_by_role("combobox").locator("option:checked")).to_have_text(ANOTHER)
    keys.press_and_arrive(typist, "Save the matching", f"**{firm.page(ORCHARD)}")
    expect(typist.page.get_by_text("matched 1 with Xero: 473 is 429").first).to_be_visible()
    typist.open(firm.page(ORCHARD, "matching/"))
    expect(row(typist)).to_contain_text("Matched")
    keys.reach(typist, f"{OURS} in Xero")
    typist.page.keyboard.press("Home")
    keys.press_and_arrive(typist, "Save the matching", f"**{firm.page(ORCHARD)}")
    expect(typist.page.get_by_text("473 as it is").first).to_be_visible()
