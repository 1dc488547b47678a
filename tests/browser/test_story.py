"""The story that must always work, in real browsers: three people side by side, and Xero in its own tab."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from demo.tour.cast import far_back
from tests.browser import raising, xero
from tests.browser.firm import Firm
from tests.browser.people import ADMIN, LINK, MANAGER, READER, People, Person
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
HARBOUR, HOLDINGS = "Harbour View Ltd", "Harbour View Holdings Ltd"
LOST = f"{HARBOUR} lost its access to Xero"
MOST_CLICKS = 4
SECONDS = 1000


@dataclass
class Cast:
    """Three people, the control room in a tab of its own, and what they work on."""

    admin: Person
    manager: Person
    reader: Person
    room: Page
    firm: Firm
    stack: Stack

    def everywhere(self) -> list[str]:
        """Full pages of every kind, for those who may open them."""
        own = [self.firm.page(HARBOUR, step) for step in ("", "reconnect/", "disconnect/", "receipt/")]
        work = ["/", "/income-and-expenses/", "/income-and-expenses/sync-results/", "/reconciliation/"]
        return [*work, self.firm.documents(HARBOUR)[0], "/settings/add-ons/", "/account/", *own]


@pytest.fixture
def cast(people: People, firm: Firm, stack: Stack) -> Cast:
    firm.disconnect_all()
    admin, manager, reader = (people.come(email) for email in (ADMIN, MANAGER, READER))
    return Cast(admin, manager, reader, people.stranger("").page, firm, stack)


def test_the_story_with_three_people_side_by_side(cast: Cast) -> None:
    connect_by_clicking(cast)
    first_sync_shows_progress(cast)
    xero.disconnect_app(cast.room, cast.stack.xero, HARBOUR)
    banner_for_the_admin_alone(cast)
    number = invoice_meanwhile(cast)
    mail_leads_to_reconnecting(cast)
    another_organisation_is_refused(cast)
    assert reconnect(cast, prefilled=True) <= MOST_CLICKS
    waiting_invoice_has_xeros_number(cast, number)
    banner_is_gone(cast)
    once_more_after_all_time(cast)
    everybody = (cast.admin, cast.manager, cast.reader)
    forget_refusals(*everybody)
    assert [one for person in everybody for one in person.complaints] == []


def connect_by_clicking(cast: Cast) -> None:
    admin = cast.admin
    admin.open("/")
    admin.click("Settings", role="link")
    admin.click(f"Connect {HARBOUR}", role="link")
    admin.click("Connect to Xero")
    xero.allow(admin, HARBOUR)
    field = admin.page.get_by_test_id("sync-from-date")
    expect(field).to_have_value("")
    admin.page.wait_for_load_state()
    field.fill(far_back().isoformat())
    expect(admin.page.get_by_role("row", name="Shared with Xero")).to_contain_text(re.compile(r"3\d\d"))
    admin.click(f"Start sharing {HARBOUR}")


def first_sync_shows_progress(cast: Cast) -> None:
    """A bar that moves by itself, while a property manager goes on working; then both sides agree."""
    progress = cast.admin.page.get_by_test_id("sync-progress")
    expect(progress).to_have_attribute("data-moving", "yes", timeout=30 * SECONDS)
    expect(progress).to_contain_text(re.compile(r"\d+ of 3\d\d documents"), timeout=60 * SECONDS)
    cast.manager.open("/income-and-expenses/")
    expect(cast.manager.page.get_by_role("heading", level=1)).to_have_text("Income and Expenses")
    expect(progress).to_have_attribute("data-moving", "no", timeout=180 * SECONDS)
    cast.admin.click("Open the receipt", role="link")
    both_sides_agree(cast)


def both_sides_agree(cast: Cast) -> None:
    proof = cast.admin.page.get_by_test_id("reconciliation-result")
    expect(proof).to_have_attribute("data-agrees", "yes")
    here, there = proof.get_by_role("row", name="Documents").get_by_role("cell").all_text_contents()
    assert here == there
    assert int(here) > 300


def banner_for_the_admin_alone(cast: Cast) -> None:
    """It comes by itself with the next page; the others see neither banner nor link, whatever they open."""
    wait_for_banner(cast.admin)
    for address in cast.everywhere():
        cast.admin.open(address)
        expect(cast.admin.banner).to_have_count(1)
        expect(cast.admin.page.get_by_test_id(LINK)).to_be_visible()
        for person in (cast.manager, cast.reader):
            assert person.open(address) < 500
            expect(person.banner).to_have_count(0)
            expect(person.page.get_by_test_id(LINK)).to_have_count(0)


def wait_for_banner(person: Person) -> None:
    for _ in range(60):
        person.open("/")
        if person.banner.count():
            break
        person.page.wait_for_timeout(SECONDS)
    expect(person.banner).to_contain_text(LOST)


def forget_refusals(*people: Person) -> None:
    """The browser notes each page that rightly came with 403, 404 or (a form with errors) 422."""
    for person in people:
        refused = [one for one in person.complaints if re.search(r"status of (403|404|422)", one)]
        person.complaints[:] = [one for one in person.complaints if one not in refused]


def invoice_meanwhile(cast: Cast) -> str:
    number = raising.raise_invoice(cast.manager, cast.firm.number(HARBOUR), reference="While it was away")
    assert re.fullmatch(r"\d{7}", number)
    expect(cast.manager.page.get_by_test_id("sync-state").first).to_have_text("Waiting for Xero")
    return number


def mail_leads_to_reconnecting(cast: Cast) -> None:
    """Read in the mail catcher; its link asks for nothing but to sign in."""
    page = cast.room
    for _ in range(60):
        page.goto(cast.stack.mails)
        if page.get_by_role("link", name=LOST).count():
            break
        page.wait_for_timeout(SECONDS)
    page.get_by_role("link", name=LOST).click()
    with page.expect_popup() as opened:
        page.frame_locator("iframe").get_by_role("link", name=f"Reconnect {HARBOUR}").click()
    follower = Person(ADMIN, cast.stack.site, opened.value)
    follower.sign_in()
    assert follower.path == cast.firm.page(HARBOUR, "reconnect/")
    expect(follower.page.get_by_role("heading", level=1)).to_have_text(f"Reconnect {HARBOUR} to Xero")
    follower.page.close()


def from_banner_to_xero(admin: Person) -> None:
    admin.clicks = 0
    admin.open("/income-and-expenses/")
    admin.click("Reconnect to Xero", role="link")
    admin.click("Continue", role="link")
    admin.click("Connect to Xero")


def another_organisation_is_refused(cast: Cast) -> None:
    """By both names; the date and the state stay what they were."""
    from_banner_to_xero(cast.admin)
    xero.allow(cast.admin, HOLDINGS)
    refusal = cast.admin.page.get_by_test_id("organisation-mismatch")
    expect(refusal).to_contain_text(HARBOUR)
    expect(refusal).to_contain_text(HOLDINGS)
    cast.admin.open(cast.firm.page(HARBOUR))
    expect(cast.admin.page.get_by_test_id("connection-state")).to_have_text("Access lost")


def reconnect(cast: Cast, *, prefilled: bool) -> int:
    """From the banner until both sides agree; how many clicks it took besides Xero's own page."""
    admin, original = cast.admin, far_back().isoformat()
    from_banner_to_xero(admin)
    xero.allow(admin, HARBOUR)
    field, button = admin.page.get_by_test_id("sync-from-date"), f"Reconnect {HARBOUR} from this date"
    expect(field).to_have_value(original if prefilled else "")
    if not prefilled:
        admin.click(button)
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(original)
    admin.click(button)
    clicks = admin.clicks
    expect(admin.banner).to_have_count(0)
    progress = admin.page.get_by_test_id("sync-progress")
    expect(progress.get_by_role("link", name="Open the receipt")).to_be_visible(timeout=120 * SECONDS)
    admin.click("Open the receipt", role="link")
    both_sides_agree(cast)
    return clicks


def waiting_invoice_has_xeros_number(cast: Cast, number: str) -> None:
    cast.manager.page.reload()
    given = cast.manager.page.get_by_test_id("document-number")
    expect(given).to_have_text(re.compile(r"INV-\d+"))
    expect(cast.manager.page.get_by_test_id("sync-state").first).to_have_text("In Xero")
    found = cast.firm.documents_in_xero(HARBOUR, q="While it was away")
    assert [one["number"] for one in found] == [given.text_content()] != [number]


def banner_is_gone(cast: Cast) -> None:
    for address in cast.everywhere():
        cast.admin.open(address)
        expect(cast.admin.banner).to_have_count(0)


def once_more_after_all_time(cast: Cast) -> None:
    """The old setting that no screen offers any more: the date is blank, and one must be chosen."""
    cast.stack.manage("set_sync_from", HARBOUR, "--all-time")
    xero.disconnect_app(cast.room, cast.stack.xero, HARBOUR)
    wait_for_banner(cast.admin)
    reconnect(cast, prefilled=False)
    cast.admin.open("/")
    expect(cast.admin.banner).to_have_count(0)
