"""The way back: another organisation refused, the right one, the date, catching up, the all-clear."""

import os
import re
import subprocess
import sys

from demo.tour import losing
from demo.tour.cast import ANOTHER, BANNER, COMPANY, LINK, ORGANISATION, XERO_USER, Story, expect
from demo.tour.connecting import agreed, documents_compared
from demo.tour.page import Page
from demo.tour.patience import wait_for

CAUGHT_UP_WITHIN, CLEARED_WITHIN = 180, 180


def to_xero(story: Story, organisation: str) -> tuple[str, Page]:
    """Banner, explanation, Continue, Connect to Xero, Xero's page, and back; the explanation's title."""
    home = story.admin.open("/")
    explained = story.admin.open(home.one(LINK).attributes["href"])
    leaving = story.admin.open(explained.link("Continue"))
    authorize = story.admin.leave(leaving, "Connect to Xero")
    back = story.xero.allow(authorize, user=XERO_USER, organisation=organisation)
    return explained.title, story.admin.open(back, expect=None)


def another_is_refused(story: Story) -> list[str]:
    before = story.company().one("sync-from-date").words
    title, refused = to_xero(story, ANOTHER)
    said = refused.one("organisation-mismatch").words
    expect(ORGANISATION in said and ANOTHER in said, "the refusal does not name both", refused)
    after = story.company()
    expect(after.one("sync-from-date").words == before, "the date changed", after)
    expect(after.has(BANNER), "the banner went away after a refusal", after)
    return [f"“{title}” → “{refused.title}”: {said}", f"the date is still {before}, and it is still lost"]


def right_organisation(story: Story) -> list[str]:
    title, dated = to_xero(story, ORGANISATION)
    value = dated.one("sync-from-date").attributes.get("value", "")
    expect(value == story.sync_from.isoformat(), f"the date is “{value}”, not the original one", dated)
    return [f"“{title}” → “{dated.title}”, filled in with the original date {value}"]


def date_is_blank(story: Story) -> list[str]:
    """After "all time": no date is filled in, and none is not accepted."""
    _, dated = to_xero(story, ORGANISATION)
    value = dated.one("sync-from-date").attributes.get("value", "")
    expect(value == "", f"the date is filled in with “{value}”", dated)
    refused = story.admin.press(dated, COMPANY, date="")
    field = refused.one("sync-from-date")
    expect(field.attributes.get("aria-invalid") == "true", "no date was accepted", refused)
    return ["the date is blank; confirming without one is refused: “all time” is no longer offered"]


def confirm_date(story: Story) -> list[str]:
    dated = story.admin.open(story.step("sync-from/"))
    before = story.admin.open(story.step("receipt/"), expect=None).words
    started = story.admin.press(dated, COMPANY, date=story.sync_from.isoformat())
    expect(not started.has(BANNER), "the banner is still there", started)
    receipt, took = wait_for(
        lambda: agreed(story, after=before), within=CAUGHT_UP_WITHIN, what="both sides equal", every=2
    )
    return [
        f"“{started.title}”, the banner is gone",
        f"caught up after {took:.0f} s: {documents_compared(receipt)} documents on both sides, equal",
    ]


def invoice_is_in_xero(story: Story) -> list[str]:
    """It took Xero's number and is in Xero's own record exactly once."""
    invoice, _ = wait_for(lambda: renumbered(story), within=60, what="Xero’s number on the waiting invoice")
    given = losing.number(invoice)
    found = story.xero.documents(ORGANISATION, q=story.invoice_reference)
    expect(len(found) == 1, f"Xero’s own record has it {len(found)} times")
    expect(found[0]["number"] == given, f"Xero calls it {found[0]['number']}, we {given}")
    expect(not story.xero.doubles(), f"Xero holds doubles: {story.xero.doubles()}")
    return [
        f"{story.local_number} is now {given}, “{invoice.one('sync-state').words}”",
        "Xero’s own record has it exactly once, and no document twice",
    ]


def renumbered(story: Story) -> Page | None:
    invoice = story.manager.open(story.invoice_page)
    return invoice if re.match(r"INV-", losing.number(invoice)) else None


def banner_is_gone(story: Story) -> list[str]:
    addresses = losing.pages(story)
    for address in addresses:
        page = story.admin.open(address, expect=None)
        expect(not page.has(BANNER), "there is still a banner", page)
    return [f"no banner on any of {len(addresses)} pages; the connection is “{story.connection_state()}”"]


def all_clear(story: Story, *, nth: int = 1) -> list[str]:
    words = f"{COMPANY} is back in step with Xero"
    letters, took = wait_for(
        lambda: found if len(found := story.mails.about(words)) >= nth else None,
        within=CLEARED_WITHIN,
        what="the all-clear",
    )
    expect(len(letters) == nth, f"{len(letters)} all-clears for {nth} losses")
    facts = re.findall(r"^(?:Sent to Xero|New numbers|Compared): .*", letters[-1].text, re.MULTILINE)
    return [f"“{letters[-1].subject}” to {letters[-1].to[0]} after {took:.0f} s", *facts]


def may_manage() -> bool:
    """Whether this process knows the installation, so that an operator's command can be run."""
    return bool(os.environ.get("DATABASE_URL"))


def set_all_time(story: Story) -> list[str]:
    command = [sys.executable, "manage.py", "set_sync_from", COMPANY, "--all-time"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{' '.join(command[1:])}: {done.stderr or done.stdout}")
    page = story.company()
    said = page.one("sync-from-date").words
    expect("all time" in said, f"the date is “{said}”", page)
    return [f"manage.py set_sync_from {COMPANY!r} --all-time; the company’s page says “{said}”"]
