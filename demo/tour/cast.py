"""Who and what the story is about, and where it stands."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from demo.tour.outside import Mails, Xero
from demo.tour.page import Page, Unseen
from demo.tour.visitor import Visitor

COMPANY = "Harbour View Ltd"
ORGANISATION = "Harbour View Ltd"
ANOTHER = "Harbour View Holdings Ltd"
XERO_USER = "daniel@northgate.example"
BANNER, LINK = "reconnect-banner", "reconnect-link"
AT_LEAST = 300


def far_back() -> date:
    """The first of a month, before every document of the demo data."""
    return (date.today() - timedelta(days=730)).replace(day=1)  # noqa: DTZ011 -- a day in the demo's own zone


@dataclass
class Story:
    """The people with their browsers, the worlds outside, and what was learnt on the way."""

    admin: Visitor
    manager: Visitor
    reader: Visitor
    xero: Xero
    mails: Mails
    company_page: str = ""
    sync_from: date = field(default_factory=far_back)
    invoice_page: str = ""
    invoice_reference: str = ""
    local_number: str = ""

    def step(self, name: str) -> str:
        """The address of one of the company's own pages, such as reconnect/."""
        return f"{self.company_page}{name}"

    def company(self) -> Page:
        return self.admin.open(self.company_page)

    def connection_state(self) -> str:
        return self.company().one("connection-state").words


def expect(truth: object, why: str, page: Page | None = None) -> None:
    """Raise Unseen with the page's own words unless it is so."""
    if not truth:
        raise Unseen(f"{why}{f'; {page.address} says: {page.words[:600]}' if page else ''}")
