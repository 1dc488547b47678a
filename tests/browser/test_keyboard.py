"""Connecting and reconnecting by keyboard alone, with a focus that is always seen."""

import pytest
from playwright.sync_api import expect

from demo.tour.cast import far_back
from tests.browser import keys
from tests.browser.firm import Firm
from tests.browser.people import ADMIN, LINK, People, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ORCHARD, TANNERY = "Orchard Row Ltd", "Tannery Court Ltd"


@pytest.fixture
def typist(people: People) -> Person:
    """An admin whose mouse is broken."""
    return people.come(ADMIN)


def test_the_skip_link_comes_first_and_leads_to_the_content(typist: Person) -> None:
    typist.open("/income-and-expenses/")
    keys.press(typist, "Skip to content")
    typist.page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert typist.page.evaluate(inside)


def test_connecting_and_reconnecting_by_keyboard_alone(typist: Person, firm: Firm) -> None:
    typist.open("/settings/add-ons/")
    keys.press_and_arrive(typist, f"Connect {TANNERY}", "**/connect/")
    consent_by_keyboard(typist)
    keys.type_date(typist, "Sync from", far_back().strftime("%m%d%Y"))
    expect(typist.page.get_by_test_id("sync-from-date")).to_have_value(far_back().isoformat())
    keys.press_and_arrive(typist, f"Start sharing {TANNERY}", f"**{firm.page(TANNERY)}")
    in_step(typist)
    firm.lose(TANNERY)
    typist.open("/")
    expect(typist.page.get_by_test_id(LINK)).to_be_visible()
    keys.press_and_arrive(typist, "Reconnect to Xero", "**/reconnect/")
    keys.press_and_arrive(typist, "Continue", "**/reconnect/xero/")
    consent_by_keyboard(typist)
    keys.press_and_arrive(typist, f"Reconnect {TANNERY} from this date", f"**{firm.page(TANNERY)}")
    expect(typist.banner).to_have_count(0)
    in_step(typist)


def test_disconnecting_taking_over_and_several_by_keyboard_alone(typist: Person, firm: Firm) -> None:
    firm.connect(ORCHARD)
    typist.open(firm.page(ORCHARD))
    keys.press_and_arrive(typist, "Take over", "**/take-over/")
    keys.press_and_arrive(typist, "Leave it as it is", f"**{firm.page(ORCHARD)}")
    keys.press_and_arrive(typist, f"Disconnect {ORCHARD}", "**/disconnect/")
    keys.press_and_arrive(typist, f"Disconnect {ORCHARD}", "**/settings/add-ons/")
    typist.open("/settings/add-ons/several/")
    keys.press(typist, ORCHARD, "Space")
    keys.press_and_arrive(typist, "Start with the first of them", f"**{firm.page(ORCHARD, 'reconnect/')}")
    firm.connect(ORCHARD)


def consent_by_keyboard(typist: Person) -> None:
    """Away to Xero and back; its pages are not ours to judge, but need no mouse either."""
    keys.press_and_arrive(typist, "Connect to Xero", "**/identity/connect/authorize?**")
    keys.press(typist, "Continue")
    page = typist.page
    organisation = page.get_by_role("radio", name=TANNERY)
    organisation.wait_for()
    page.keyboard.press("Tab")
    while not organisation.is_checked():
        page.keyboard.press("ArrowDown")
    keys.press_and_arrive(typist, "Allow access", "**/sync-from/")


def in_step(typist: Person) -> None:
    """The bar comes to its end by itself; the receipt is one Tab away from it."""
    progress = typist.page.get_by_test_id("sync-progress")
    expect(progress).to_have_attribute("data-moving", "no", timeout=120_000)
    keys.press_and_arrive(typist, "Open the receipt", "**/receipt/")
    proof = typist.page.get_by_test_id("reconciliation-result")
    expect(proof).to_have_attribute("data-agrees", "yes")
