"""Access is lost: who sees the banner, who gets the mail, and how work goes on."""

import re
import time
from urllib.parse import urlsplit

from demo.tour.cast import BANNER, COMPANY, LINK, ORGANISATION, Story, expect
from demo.tour.page import Page, option
from demo.tour.patience import wait_for
from demo.tour.visitor import Visitor

NOTICED_WITHIN, MAILED_WITHIN = 60, 150
LOST = f"{COMPANY} lost its access to Xero"


def disconnect_app(story: Story) -> list[str]:
    story.xero.disconnect_app(ORGANISATION)
    home, took = wait_for(lambda: with_banner(story.admin), within=NOTICED_WITHIN, what="the red banner")
    return [f"after {took:.0f} s at “{home.title}”: {home.one(BANNER).words}"]


def with_banner(visitor: Visitor) -> Page | None:
    page = visitor.open("/")
    return page if page.has(BANNER) else None


def pages(story: Story) -> list[str]:
    """Every kind of page that a person comes by."""
    listed = story.admin.open("/income-and-expenses/")
    document = urlsplit(listed.tree.find_all("document-number")[0].attributes["href"]).path
    own = [
        story.step(name) for name in ("", "sync-from/", "reconnect/", "disconnect/", "receipt/", "reminders/")
    ]
    return [
        "/", "/income-and-expenses/", document, f"{document}edit/", "/income-and-expenses/new/invoice/",
        "/income-and-expenses/sync-results/", "/reconciliation/", "/settings/add-ons/", "/account/", *own,
    ]  # fmt: skip


def banner_on_every_page(story: Story) -> list[str]:
    addresses = pages(story)
    for address in addresses:
        page = story.admin.open(address, expect=None)
        expect(page.has(BANNER) and page.has(LINK), f"{story.admin.email} sees no banner", page)
    for visitor in (story.manager, story.reader):
        for address in addresses:
            page = visitor.open(address, expect=None)
            expect(page.status < 500, f"{visitor.email} got {page.status}", page)
            expect(not page.has(BANNER) and not page.has(LINK), f"{visitor.email} sees the banner", page)
    return [
        f"{story.admin.email}: the banner with its link on all {len(addresses)} pages",
        f"{story.manager.email} and {story.reader.email}: on none of them",
    ]


def raise_invoice(story: Story) -> list[str]:
    """A property manager goes on working: raised and approved, with a number of its own, waiting for Xero."""
    form = new_invoice(story)
    values = form.form("Save and approve").values
    first = next(name for name in values if name.endswith("-0-description")).removesuffix("description")
    story.invoice_reference = f"Tour {time.time():.0f}"
    typed = {
        "contact": option(form, "contact"),
        "reference": story.invoice_reference,
        f"{first}description": "Rent while Xero was away",
        f"{first}account_code": option(form, f"{first}account_code"),
        f"{first}tax_type": option(form, f"{first}tax_type"),
        f"{first}unit_amount": "1250.00",
    }
    invoice = story.manager.press(form, "Save and approve", **typed)
    expect(invoice.has("document-number") and invoice.has("sync-state"), "the invoice was not saved", invoice)
    story.invoice_page, story.local_number = urlsplit(invoice.address).path, number(invoice)
    expect(re.fullmatch(r"\d{7}", story.local_number), f"the number is {story.local_number}", invoice)
    said = invoice.one("sync-state").words
    expect(re.search(r"wait|not yet", said, re.IGNORECASE), f"its state is “{said}”", invoice)
    return [
        f"{story.manager.email} raised and approved “{invoice.title}”: number {story.local_number}, “{said}”"
    ]


def new_invoice(story: Story) -> Page:
    company = re.search(r"/(\d+)/$", story.company_page)
    return story.manager.open(f"/income-and-expenses/new/invoice/?company={company[1] if company else ''}")


def number(invoice: Page) -> str:
    return invoice.one("document-number").words


def one_mail(story: Story, *, nth: int = 1) -> list[str]:
    """Exactly one mail, to whoever connected it, and its link leads to reconnecting after sign-in."""
    _, took = wait_for(
        lambda: story.mails.about(LOST) if len(story.mails.about(LOST)) >= nth else None,
        within=MAILED_WITHIN,
        what="the mail about the loss",
    )
    letters = story.mails.about(LOST)
    expect(len(letters) == nth, f"{len(letters)} mails about {nth} losses")
    letter = letters[-1]
    expect(letter.to == [story.admin.email], f"the mail went to {letter.to}")
    link = next((word for word in letter.text.split() if word.endswith("/reconnect/")), "")
    expect(link and link in letter.html, f"text and HTML do not share a link: {letter.text}")
    return [f"“{letter.subject}” to {letter.to[0]} after {took:.0f} s", *follow_link(story, link)]


def follow_link(story: Story, link: str) -> list[str]:
    stranger = Visitor(story.admin.site, story.admin.email)
    asked = stranger.open(link)
    expect(urlsplit(asked.address).path == "/login/", "the link did not ask for sign-in", asked)
    arrived = stranger.sign_in(page=asked)
    expect(urlsplit(arrived.address).path == urlsplit(link).path, "the link led elsewhere", arrived)
    return [f"its link {link} asks for sign-in, then shows “{arrived.title}”"]


def still_one_mail(story: Story, *, nth: int = 1) -> list[str]:
    """Nothing more came while the story went on."""
    letters = story.mails.about(LOST)
    expect(len(letters) == nth, f"{len(letters)} mails about {nth} losses: {[one.to for one in letters]}")
    return [f"still {nth} in all about losses, none doubled"]
