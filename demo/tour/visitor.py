"""A person at a browser: cookies, links, forms, and redirects that may lead to Xero."""

from urllib.parse import urljoin, urlsplit

import httpx

from demo.tour.page import Form, Page, Unseen

PASSWORD = "demo"
MOST_REDIRECTS = 10


class Visitor:
    """Stays on the site; a redirect that leaves it is handed to whoever follows it."""

    def __init__(self, site: str, email: str) -> None:
        self.site, self.email = site, email
        self._browser = httpx.Client(timeout=60, trust_env=False, follow_redirects=False)

    def open(self, address: str, *, expect: int | None = 200) -> Page:
        """The page at an address of the site; with `expect` None whatever comes is fine."""
        page = self._arrive("GET", urljoin(self.site, address), {})
        if expect is not None and page.status != expect:
            raise Unseen(f"{page.address} answered {page.status}, not {expect}: {page.words[:600]}")
        return page

    def press(self, page: Page, button: str, **typed: str) -> Page:
        """Fill a form and press its button."""
        return self._arrive(*self._sent(page.form(button), typed))

    def leave(self, page: Page, button: str) -> str:
        """Press a button that leads to Xero; the address at Xero."""
        method, address, values = self._sent(page.form(button), {})
        answer = self._browser.request(
            method, address, data=values or None, headers={"Referer": page.address}
        )
        target = str(urljoin(address, answer.headers.get("location", "")))
        if not answer.is_redirect or self._is_ours(target):
            raise Unseen(f"“{button}” did not lead to Xero but answered {answer.status_code} {target}")
        return target

    def sign_in(self, *, page: Page | None = None) -> Page:
        """Sign in, on the page that asked for it."""
        asked = page or self.open("/login/")
        arrived = self.press(asked, "Sign in", username=self.email, password=PASSWORD)
        if urlsplit(arrived.address).path == "/login/":
            raise Unseen(f"{self.email} could not sign in: {arrived.words[:600]}")
        return arrived

    @property
    def cookies(self) -> dict[str, str]:
        """What the site has given this browser, such as its session."""
        return dict(self._browser.cookies)

    def close(self) -> None:
        self._browser.close()

    def _sent(self, form: Form, typed: dict[str, str]) -> tuple[str, str, dict[str, str]]:
        return form.method.upper(), form.action, {**form.values, **typed}

    def _arrive(self, method: str, address: str, values: dict[str, str]) -> Page:
        """Follow the redirects, as a browser does: what comes after a POST is a GET."""
        sent = {"params": values} if method == "GET" and values else {"data": values} if values else {}
        for _ in range(MOST_REDIRECTS):
            answer = self._browser.request(method, address, headers={"Referer": address}, **sent)  # type: ignore[arg-type]
            if not answer.is_redirect:
                return Page(str(answer.url), answer.status_code, answer.text)
            method, sent, address = "GET", {}, urljoin(address, answer.headers["location"])
            if not self._is_ours(address):
                raise Unseen(f"{self.email} was led away to {address}")
        raise Unseen(f"{address} redirects without end")

    def _is_ours(self, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(self.site).netloc
