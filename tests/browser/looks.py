"""How a page is judged: by axe, by its width, by the browser's console; in light, in dark and on a phone."""

import os
from pathlib import Path
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.people import Person

Scheme = Literal["light", "dark"]
DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
LOOKS: Final[dict[str, tuple[Scheme, ViewportSize]]] = {
    "light": ("light", DESK),
    "dark": ("dark", DESK),
    "390": ("light", PHONE),
}
# What axe passed need not be described: on a list of fifty documents that is most of its time.
BRIEFLY: Final = {"resultTypes": ["violations"]}
# Dark changes colours and nothing else.
COLOURS_ALONE: Final = BRIEFLY | {"runOnly": ["color-contrast"]}
SCREENSHOTS: Final = os.environ.get("RELEASED_SCREENSHOTS")


def faults(person: Person, name: str) -> list[str]:
    """What is wrong with the page that this person has open, in any look; a picture of each look is kept."""
    person.page.wait_for_load_state()
    found = [f"console: {one}" for one in person.complaints]
    for look, (scheme, size) in LOOKS.items():
        person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        person.page.set_viewport_size(size)
        found += [
            f"{look}: {one}" for one in [*wider_than_window(person.page), *violations(person.page, look)]
        ]
        keep_picture(person.page, f"{name}-{look}")
    return found


def wider_than_window(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} pixels too wide"] if wide > 0 else []


def violations(page: Page, look: str) -> list[str]:
    """What axe-core finds, with the first element of each kind."""
    found = Axe().run(page, options=COLOURS_ALONE if look == "dark" else BRIEFLY).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def keep_picture(page: Page, name: str) -> None:
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
