"""What has to have happened before a test looks: done quickly by HTTP, the way the tour does it.

The firm is one for the whole run. Each test has companies of its own and leaves none of them lost, so that
tests run in any order and alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from demo.tour.cast import far_back
from demo.tour.page import Page, Unseen
from demo.tour.patience import wait_for
from demo.tour.visitor import Visitor
from tests.browser.people import ADMIN, MANAGER
from tests.browser.stack import Stack
from tests.sandbox import Sandbox

CONNECTED, AWAITING, LOST = "Connected", "Waiting for the date", "Access lost"
NOTICED_WITHIN, IN_STEP_WITHIN = 60, 120


class Firm:
    """Northgate's companies, their organisations at Xero, and hands for both."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self.xero = Sandbox(stack.xero)

    def close(self) -> None:
        """Everybody who was asked to sign in here leaves."""
        for one in (vars(self).get("admin"), vars(self).get("manager"), self.xero):
            if one is not None:
                one.close()

    @cached_property
    def admin(self) -> Visitor:
        return self._signed_in(ADMIN)

    @cached_property
    def manager(self) -> Visitor:
        return self._signed_in(MANAGER)

    @property
    def admins_session(self) -> str:
        """So that a browser can go on where this admin's requests ended."""
        return self.admin.cookies["sessionid"]

    def _signed_in(self, email: str) -> Visitor:
        visitor = Visitor(self._stack.site, email)
        visitor.sign_in()
        return visitor

    @cached_property
    def pages(self) -> dict[str, str]:
        """The path of each company's own Xero page."""
        listed = self.admin.open("/settings/add-ons/").tree
        links = [one for row in listed.tagged("th") for one in row.tagged("a")]
        return {one.words: urlsplit(one.attributes["href"]).path for one in links}

    def page(self, company: str, step: str = "") -> str:
        return f"{self.pages[company]}{step}"

    def number(self, company: str) -> str:
        """The company's key, as addresses carry it."""
        return self.pages[company].strip("/").rpartition("/")[2]

    def documents(self, company: str) -> list[str]:
        """The paths of the company's documents, the newest first, as far as one page lists them."""
        listed = self.admin.open(f"/income-and-expenses/?company={self.number(company)}").tree
        return [urlsplit(one.attributes["href"]).path for one in listed.find_all("document-number")]

    def until_linked(self, address: str, words: str) -> str:
        """Where a link on this page leads, once the background has put it there."""
        found, _ = wait_for(lambda: linked(self.admin.open(address), words), within=30, what=words)
        return found

    def documents_in_xero(self, organisation: str, **query: str) -> list[dict[str, Any]]:
        """Xero's own record of them."""
        found: list[dict[str, Any]] = self.xero.see("documents", organisation=organisation, **query)[
            "documents"
        ]
        return found

    def state(self, company: str) -> str:
        return self.admin.open(self.page(company)).one("connection-state").words

    def connect(self, company: str, *, sync_from: date | None = None) -> None:
        """Connect (or reconnect) to the organisation of the same name and wait until both sides agree."""
        if self.state(company) == CONNECTED:
            return
        if self.state(company) != AWAITING:
            self.consent(company, company)
        dated = self.admin.open(self.page(company, "sync-from/"))
        day = (sync_from or far_back()).isoformat()
        self.admin.press(dated, company, date=day)
        wait_for(lambda: self._is_still(company), within=IN_STEP_WITHIN, what=f"{company} in step")

    def consent(self, company: str, organisation: str) -> Page:
        """To Xero and back; the page on which that ends."""
        explained = self.admin.open(self.page(company, "reconnect/"))
        if not has_button(explained, "Connect to Xero"):
            explained = self.admin.open(self.page(company, "reconnect/xero/"))
        authorize = self.admin.leave(explained, "Connect to Xero")
        return self.admin.open(self.xero.consent(authorize, organisation=organisation), expect=None)

    def deny(self, company: str) -> str:
        """To Xero, which is refused there; the address of the page that says so."""
        explained = self.admin.open(self.page(company, "reconnect/xero/"))
        back = self.xero.consent(self.admin.leave(explained, "Connect to Xero"), decision="cancel")
        return self.admin.open(back, expect=None).address

    def lose(self, *companies: str) -> None:
        """Disconnect App for each; returns when the product has noticed all of them."""
        for company in companies:
            self.xero.do("disconnect-app", organisation=company)
        for company in companies:
            wait_for(lambda name=company: self._is_lost(name), within=NOTICED_WITHIN, what=f"{company} lost")  # type: ignore[misc]

    def disconnect_all(self) -> None:
        """As before the first connection: a mail about one loss then does not wait for others."""
        for company in self.pages:
            if self.state(company) == CONNECTED:
                asked = self.admin.open(self.page(company, "disconnect/"))
                self.admin.press(asked, f"Disconnect {company}")

    @contextmanager
    def lost(self, *companies: str) -> Iterator[None]:
        """Connected before, lost for the length of the block, connected again after it."""
        for company in companies:
            self.connect(company)
        self.lose(*companies)
        try:
            yield
        finally:
            for company in companies:
                self.connect(company)

    def _is_lost(self, company: str) -> bool | None:
        return True if self.state(company) == LOST else None

    def _is_still(self, company: str) -> bool | None:
        bars = self.admin.open(self.page(company)).one("sync-progress")
        return True if bars.attributes["data-moving"] == "no" else None


def has_button(page: Page, words: str) -> bool:
    return any(words in one.words for one in page.tree.tagged("button"))


def linked(page: Page, words: str) -> str | None:
    try:
        return page.link(words)
    except Unseen:
        return None
