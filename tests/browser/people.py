"""People at their browsers: signed in, watched for complaints of the browser, their clicks counted."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Request

PASSWORD = "demo"
ADMIN = "admin@northgate.example"
MANAGER = "manager@northgate.example"
READER = "readonly@northgate.example"
CONNECTOR = "connector@northgate.example"
BANNER, LINK = "reconnect-banner", "reconnect-link"


@dataclass
class Person:
    """One browser of one person. `complaints` is what its console said: errors, refusals of the policy."""

    email: str
    site: str
    page: Page
    complaints: list[str] = field(default_factory=list)
    clicks: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._note_failure)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def banner(self) -> Locator:
        return self.page.get_by_test_id(BANNER)

    def open(self, address: str) -> int:
        """Go there by typing the address; the status that came."""
        answer = self.page.goto(f"{self.site}{address}" if address.startswith("/") else address)
        assert answer is not None, address
        return answer.status

    def click(self, words: str, *, role: Any = "button") -> None:
        """Press what is so called; counted."""
        self.clicks += 1
        self.page.get_by_role(role, name=words).first.click()

    def sign_in(self) -> None:
        """On the page that asks for it, wherever it leads afterwards."""
        self.page.get_by_label("Email").fill(self.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda address: urlsplit(address).path != "/login/")

    def another_tab(self) -> "Person":
        return Person(self.email, self.site, self.context.new_page())

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note_failure(self, request: Request) -> None:
        """A request that a new page cut short is no complaint: the browser itself aborts it."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")


class People:
    """Opens browsers for people; who has signed in once in this run needs not do it again."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._sessions: dict[str, Any] = {}
        self._open: list[BrowserContext] = []

    def come(self, email: str, **options: Any) -> Person:
        """A context of its own with this person in it."""
        person = self.stranger(email, storage_state=self._sessions.get(email), **options)
        if email not in self._sessions:
            person.open("/login/")
            person.sign_in()
            self._sessions[email] = person.context.storage_state()
        return person

    def come_with(self, session: str, **options: Any) -> Person:
        """A browser that goes on in a session begun elsewhere."""
        person = self.stranger("", **options)
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": self._site}])
        return person

    def stranger(self, email: str, **options: Any) -> Person:
        """The same person at a browser that does not know them."""
        context = self._browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(20_000)
        self._open.append(context)
        return Person(email, self._site, context.new_page())

    def leave(self) -> None:
        """Everybody who came since the last time closes the browser."""
        while self._open:
            try:
                self._open.pop().close()
            except Error:  # a browser that has gone already needs no closing
                continue
