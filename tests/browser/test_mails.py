"""Every mail as people open it: light, dark and on a phone; and its text for those who read that."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail as outbox_of
from playwright.sync_api import Browser

from tests.browser.looks import LOOKS, SCREENSHOTS, keep_picture, wider_than_window
from tests.factories.cast import Cast, assemble
from tests.integration.notifications.conftest import round_
from tests.integration.notifications.every_kind import SCENES

pytestmark = pytest.mark.django_db(transaction=True)
STRICT = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
FETCHED = re.compile(r"<img|<link|<script|src=|url\(|@import", re.IGNORECASE)
WIDEST = 76


# Chromium's driver keeps a loop running in this thread, and there Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.mark.parametrize("kind", SCENES)
def test_a_mail_reads_well_everywhere(cast: Cast, chromium: Browser, kind: str) -> None:
    SCENES[kind](cast)
    outbox_of.outbox.clear()
    (mail,) = round_()
    html = str(mail.alternatives[0].content)  # type: ignore[attr-defined]  # Django's own named tuple
    text = str(mail.body)
    keep_text(kind, f"Subject: {mail.subject}\n\n{text}")
    assert not FETCHED.search(html)
    assert html.count('class="button"') == 1
    (link,) = re.findall(r'class="button"\s+href="([^"]+)"', html)
    assert link.replace("&amp;", "&") in text.splitlines()
    assert [line for line in text.splitlines() if len(line) > WIDEST and "://" not in line] == []
    assert kind == "operator" or "Harbour View Ltd" in mail.subject
    assert faults(chromium, html, kind) == []


def faults(chromium: Browser, html: str, kind: str) -> list[str]:
    found: list[str] = []
    for look, (scheme, size) in LOOKS.items():
        page = chromium.new_page(color_scheme=scheme, viewport=size)
        page.set_content(html)
        found += [f"{look}: {one}" for one in wider_than_window(page)]
        for one in Axe().run(page, options=STRICT).response["violations"]:
            found.append(f"{look}: {one['id']}: {one['nodes'][0]['html']}")
        keep_picture(page, f"mail-{kind}-{look}")
        page.close()
    return found


def keep_text(kind: str, text: str) -> None:
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"mail-{kind}.txt").write_text(text)
