"""The two worlds outside: the sandbox Xero, by its consent page and its own record, and the mail catcher."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx

from demo.tour.page import Unseen


def client(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=60, trust_env=False, follow_redirects=False)


class Xero:
    """What a person does at Xero, and what Xero's own record says."""

    def __init__(self, address: str) -> None:
        self._browser = client(address)

    def allow(self, authorize: str, *, user: str, organisation: str) -> str:
        """Give the app access to one organisation; where Xero sends the person back to."""
        given = {"user": user, "organisation": organisation, "decision": "allow"}
        answer = self._browser.post(authorize, data=given)
        if not answer.is_redirect:
            raise Unseen(f"Xero answered {answer.status_code} to the consent: {answer.text[:400]}")
        return urljoin(authorize, answer.headers["location"])

    def disconnect_app(self, organisation: str) -> None:
        """Connected Apps → Disconnect."""
        self._do("disconnect-app", organisation=organisation)

    def documents(self, organisation: str, **query: str) -> list[dict[str, Any]]:
        """Xero's own record of an organisation's documents."""
        found: list[dict[str, Any]] = self._get("documents", organisation=organisation, **query)["documents"]
        return found

    def doubles(self) -> list[Any]:
        """Documents that share one address of ours: each would be a document sent twice."""
        found: list[Any] = self._get("record", last="1")["doubles"]
        return found

    def _get(self, name: str, **query: str) -> dict[str, Any]:
        answer = self._browser.get(f"/sandbox/api/{name}", params=query)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def _do(self, action: str, **given: Any) -> None:
        self._browser.post(f"/sandbox/api/{action}", json=given).raise_for_status()


@dataclass(frozen=True)
class Letter:
    """A mail as it arrived."""

    number: int
    to: list[str]
    subject: str
    text: str
    html: str


class Mails:
    """The mail catcher; what was there before the tour is not looked at."""

    def __init__(self, address: str) -> None:
        self._browser = client(address)
        self._before = max((one.number for one in self._all()), default=0)

    def about(self, words: str) -> list[Letter]:
        """Mails of this tour whose subject says this, in the order of their arrival."""
        return [one for one in self._all() if one.number > self._before and words in one.subject]

    def _all(self) -> list[Letter]:
        answer = self._browser.get("/api/mails")
        answer.raise_for_status()
        fields = ("number", "to", "subject", "text", "html")
        return [Letter(**{name: one[name] for name in fields}) for one in answer.json()]
