"""Signing in, connecting the company, choosing the date, and the first sync."""

import re
from urllib.parse import urlsplit

from demo.tour.cast import AT_LEAST, BANNER, COMPANY, ORGANISATION, XERO_USER, Story, expect
from demo.tour.markup import Element
from demo.tour.page import Page
from demo.tour.patience import wait_for

FIRST_SYNC = 300


def sign_in(story: Story) -> list[str]:
    seen = []
    for visitor in (story.admin, story.manager, story.reader):
        home = visitor.sign_in()
        expect(not home.has(BANNER), "there is a banner before anything was lost", home)
        seen.append(f"{visitor.email} is in, at “{home.title}”, without a banner")
    return seen


def find_company(story: Story) -> list[str]:
    """Settings, integrations and add-ons: the company is not connected yet."""
    add_ons = story.admin.open("/settings/add-ons/")
    row = next((one for one in add_ons.tree.tagged("tr") if COMPANY in one.words), Element("tr"))
    expect(row.words, f"{COMPANY} is not listed", add_ons)
    story.company_page = urlsplit(add_ons.link(f"Connect {COMPANY}")).path.removesuffix("connect/")
    state = row.find_all("connection-state")[0].words
    return [f"“{add_ons.title}” lists {COMPANY} as “{state}”"]


def connect(story: Story) -> list[str]:
    explained = story.admin.open(story.step("connect/"))
    authorize = story.admin.leave(explained, "Connect to Xero")
    back = story.xero.allow(authorize, user=XERO_USER, organisation=ORGANISATION)
    dated = story.admin.open(back)
    field = dated.one("sync-from-date")
    expect(dated.address.endswith("/sync-from/"), "Xero’s yes did not lead to the sync-from date", dated)
    return [
        f"“{explained.title}”, then Xero’s own consent page as {XERO_USER}",
        f"back at “{dated.title}”, with the date “{field.attributes.get('value', '')}”",
    ]


def choose_date(story: Story) -> list[str]:
    dated = story.admin.open(f"{story.step('sync-from/')}?date={story.sync_from.isoformat()}")
    shared = next((one.words for one in dated.tree.tagged("tr") if "Shared with Xero" in one.words), "")
    started = story.admin.press(dated, COMPANY, date=story.sync_from.isoformat())
    expect(started.status == 200 and not started.has("sync-from-date-error"), "the date was refused", started)
    return [f"what {story.sync_from:%-d %b %Y} means: {shared}", f"then “{started.title}”"]


def first_sync(story: Story) -> list[str]:
    """Progress that moves, then both sides equal, with at least 300 documents. Everybody goes on working."""
    pictures = follow(story)
    working = story.manager.open("/income-and-expenses/")
    receipt, took = wait_for(lambda: agreed(story), within=FIRST_SYNC, what="both sides equal", every=2)
    count = documents_compared(receipt)
    sent = len(story.xero.documents(ORGANISATION, from_the_app="1", limit="5000"))
    expect(count >= AT_LEAST, f"only {count} documents were synced", receipt)
    expect(sent >= AT_LEAST, f"Xero’s own record has only {sent} documents of ours")
    return [
        *(f"progress: {picture}" for picture in pictures),
        f"meanwhile {story.manager.email} works at “{working.title}”",
        f"{receipt.one('reconciliation-result').words}",
        f"Xero’s own record: {sent} documents made by the app ({took:.0f} s after the last picture)",
    ]


def follow(story: Story) -> list[str]:
    """Three different pictures of the progress, or fewer if it is over sooner."""
    pictures: list[str] = []

    def look() -> bool | None:
        for bar in story.admin.open(story.step("progress/")).tree.find_all("sync-progress"):
            if bar.words not in pictures:
                pictures.append(bar.words)
            if bar.attributes.get("data-moving") == "no":
                return True
        return True if len(pictures) >= 4 else None

    wait_for(look, within=FIRST_SYNC, what="progress that moves", every=1)
    moving = [picture for picture in pictures if re.search(r"\d", picture)]
    expect(moving, f"no progress with counts was shown: {pictures}")
    return moving[-3:]


def agreed(story: Story, *, after: str = "") -> Page | None:
    """The receipt once it says that both sides agree; `after` is one that was there before."""
    receipt = story.admin.open(story.step("receipt/"), expect=None)
    if receipt.status != 200 or not receipt.has("reconciliation-result"):
        return None
    result = receipt.one("reconciliation-result")
    is_new = receipt.words != after
    return receipt if is_new and result.attributes.get("data-agrees") == "yes" else None


def documents_compared(receipt: Page) -> int:
    """How many documents are on both sides, and that it is the same number."""
    rows = receipt.one("reconciliation-result").tagged("tr")
    counted = [figures(row.words) for row in rows if row.words.startswith("Documents")]
    here, there = next((numbers for numbers in counted if len(numbers) == 2), [0, -1])
    expect(here == there, f"{here} documents here, {there} in Xero", receipt)
    return here


def figures(words: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]
