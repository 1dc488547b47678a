"""What a phone's first screen holds, and names that are longer than anybody expected."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.firm import Firm
from tests.browser.looks import DESK, PHONE, wider_than_window
from tests.browser.people import ADMIN, LINK, People, Person
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MILL_LANE = "Mill Lane Properties Ltd"
WORK = "/income-and-expenses/"
ONE_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
RENAME = "from released.portfolio.models import Company as C; C.objects.filter(name={!r}).update(name={!r})"


@pytest.fixture(scope="module")
def lost(firm: Firm) -> Iterator[Firm]:
    with firm.lost(MILL_LANE):
        yield firm


@pytest.fixture
def admin(lost: Firm, people: People) -> Person:
    person = people.come(ADMIN)
    person.page.set_viewport_size(PHONE)
    return person


def test_beneath_the_banner_the_list_begins_on_the_first_screen(admin: Person) -> None:
    admin.open(WORK)
    banner, row = admin.banner.bounding_box(), admin.page.locator("table.list tbody tr").first.bounding_box()
    assert banner is not None
    assert banner["height"] <= PHONE["height"] / 5
    assert row is not None
    assert row["y"] < PHONE["height"]
    expect(admin.page.get_by_test_id(LINK)).to_be_in_viewport(ratio=1)


def test_the_rest_of_the_banner_unfolds_by_touch_and_by_key(admin: Person) -> None:
    admin.open(WORK)
    why = admin.banner.locator(".say p")
    expect(why).to_be_hidden()
    admin.banner.get_by_text("Why, and what waits").click()
    expect(why).to_be_visible()
    admin.banner.get_by_role("checkbox").press("Space")
    expect(why).to_be_hidden()
    admin.page.set_viewport_size(DESK)
    expect(why).to_be_visible()
    expect(admin.banner.get_by_role("checkbox")).to_be_hidden()


def test_folded_filters_name_what_is_set(lost: Firm, admin: Person) -> None:
    admin.open(f"{WORK}?company={lost.number(MILL_LANE)}")
    company = admin.page.get_by_label("Company", exact=True)
    expect(company).to_be_hidden()
    admin.page.get_by_text("Filters · Company").click()
    expect(company).to_be_visible()
    expect(company.locator("option:checked")).to_have_text(MILL_LANE)


@pytest.fixture
def long_name(lost: Firm, stack: Stack) -> Iterator[str]:
    """One word that no line holds, and then many."""
    page, name = lost.page(MILL_LANE), f"{ONE_WORD} and Lightermen’s Residential Holdings Ltd"
    stack.manage("shell", "-c", RENAME.format(MILL_LANE, name))
    yield page
    stack.manage("shell", "-c", RENAME.format(name, MILL_LANE))


def test_a_long_name_pushes_nothing_off_the_page(long_name: str, admin: Person) -> None:
    for address in ("/", WORK, "/settings/add-ons/", long_name, f"{long_name}reconnect/"):
        admin.open(address)
        for size in (PHONE, DESK):
            admin.page.set_viewport_size(size)
            assert (address, size, wider_than_window(admin.page)) == (address, size, [])
            assert (address, size, cut_off(admin.page.locator("main .btn").all())) == (address, size, [])


def cut_off(buttons: list[Locator]) -> list[str]:
    """Buttons that end outside of the panel that they stand in."""
    end = (
        "one => one.getBoundingClientRect().right - one.closest('.panel, main').getBoundingClientRect().right"
    )
    return [one.inner_text() for one in buttons if one.is_visible() and one.evaluate(end) > 0]
