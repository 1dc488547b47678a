"""At Xero, in the browser: its consent page and the sandbox's control room, clicked like anybody would."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Person

DANIEL, PRIYA = "Daniel Okafor", "Priya Shah"


def sign_in_at_xero(page: Page, user: str = DANIEL) -> None:
    page.get_by_label(user).check()
    page.get_by_role("button", name="Continue").click()


def choose_organisation(page: Page, organisation: str) -> None:
    name = re.compile(rf"^{re.escape(organisation)}( already connected)?$")
    page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="Allow access").click()


def allow(person: Person, organisation: str, user: str = DANIEL) -> None:
    """Everything that a person does on Xero's own pages."""
    sign_in_at_xero(person.page, user)
    choose_organisation(person.page, organisation)


def disconnect_app(room: Page, address: str, organisation: str) -> None:
    """Connected apps: Disconnect App, in the control room's own tab."""
    room.goto(f"{address}/sandbox/")
    row = room.get_by_role("row").filter(has=room.get_by_role("link", name=organisation, exact=True))
    row.get_by_role("button", name="Disconnect App").click()
    expect(room.get_by_role("status")).to_have_text(f"Disconnected {organisation}.")
