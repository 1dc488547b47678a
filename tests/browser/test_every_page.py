"""Every page, filled with real data, in light, in dark and on a phone: nothing wrong in any of them.

RELEASED_SCREENSHOTS names a folder in which each page leaves a picture of each look.
"""

import re
from collections.abc import Iterator

import pytest

from tests.browser.firm import Firm
from tests.browser.looks import faults
from tests.browser.pages import PAGES
from tests.browser.people import MANAGER, READER, People, Person
from tests.browser.scenery import Scenery, scenery

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def scene(firm: Firm) -> Iterator[Scenery]:
    with scenery(firm) as made:
        yield made


@pytest.fixture(scope="module")
def lookers(known: People, scene: Scenery) -> Iterator[dict[str, Person]]:
    """One browser for each, kept for all pages."""
    yield {
        "admin": known.come_with(scene.firm.admins_session),
        "manager": known.come(MANAGER),
        "reader": known.come(READER),
        "stranger": known.stranger(""),
    }
    known.leave()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_flawless(name: str, scene: Scenery, lookers: dict[str, Person]) -> None:
    place = PAGES[name]
    person = lookers[place.who]
    person.complaints.clear()
    assert person.open(place.address(scene)) == place.status
    person.complaints[:] = [one for one in person.complaints if not is_status(one, place.status)]
    assert faults(person, name) == []


def is_status(complaint: str, expected: int) -> bool:
    """The browser notes a page that is rightly refused."""
    return expected != 200 and bool(re.search(rf"status of {expected}\b", complaint))


@pytest.mark.parametrize(
    ("name", "place", "button"),
    [
        ("sign-in-wrong", "sign-in", "Sign in"),
        ("new-invoice-wrong", "new-invoice", "Save and approve"),
        ("sync-from-wrong", "sync-from-first", "Start sharing"),
    ],
)
def test_a_form_with_errors_is_flawless(
    name: str, place: str, button: str, scene: Scenery, lookers: dict[str, Person]
) -> None:
    person = lookers[PAGES[place].who]
    person.complaints.clear()
    person.open(PAGES[place].address(scene))
    person.click(button)
    person.page.locator("[aria-invalid=true], .wrong, [role=alert]").first.wait_for()
    person.complaints[:] = [one for one in person.complaints if not is_status(one, 422)]
    assert faults(person, name) == []
