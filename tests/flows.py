"""People at our pages and at Xero's: what the specifications of connecting do again and again."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.test import Client
from django.urls import reverse

from integrations import transitions
from integrations.models import Connection
from released.accounts.models import User
from released.portfolio.models import Company
from tests.sandbox import DANIEL, HARBOUR_VIEW, Sandbox

CASTLEGATE = "Castlegate Estates Ltd"
HOLDINGS = "Harbour View Holdings Ltd"


class Answer(Protocol):
    """What a page gives, whichever of Django's classes it is."""

    status_code: int
    content: bytes

    def __getitem__(self, header: str) -> str: ...


@dataclass
class Person:
    """A browser in which somebody is signed in to us, and in which they can go to Xero and back."""

    client: Client
    user: User
    sandbox: Sandbox

    def get(self, name: str, company: Company | None = None) -> Answer:
        return self.client.get(address(name, company))

    def post(self, name: str, company: Company, **data: str) -> Answer:
        return self.client.post(address(name, company), data)

    def leave(self, name: str, company: Company) -> str:
        """Press Connect to Xero; Xero's address."""
        answer = self.post(name, company)
        assert answer.status_code == 302, answer.content
        return answer["location"]

    def consent(
        self,
        company: Company,
        *,
        user: str = DANIEL,
        organisation: str = HARBOUR_VIEW,
        decision: str = "allow",
        name: str = "xero-connect",
    ) -> str:
        """Go to Xero and decide there; the address Xero sends the browser back to."""
        at_xero = self.leave(name, company)
        return self.sandbox.consent(at_xero, user=user, organisation=organisation, decision=decision)

    def come_back(self, address: str) -> Answer:
        """Follow Xero's redirect to our callback, and no further."""
        return self.client.get(address.removeprefix("http://localhost"))

    def consent_and_return(self, company: Company, *, user: str, name: str) -> Answer:
        """There and back, without looking at the page that follows."""
        return self.come_back(self.consent(company, user=user, name=name))

    def go(
        self,
        company: Company,
        *,
        user: str = DANIEL,
        organisation: str = HARBOUR_VIEW,
        decision: str = "allow",
        name: str = "xero-connect",
    ) -> Answer:
        """There and back; the page that follows."""
        back = self.consent(company, user=user, organisation=organisation, decision=decision, name=name)
        answer = self.come_back(back)
        return self.client.get(answer["location"]) if answer.status_code == 302 else answer

    def connect(
        self,
        company: Company,
        *,
        user: str = DANIEL,
        organisation: str = HARBOUR_VIEW,
        since: date = date(2025, 4, 1),
    ) -> Connection:
        """The whole first connection, date confirmed."""
        self.go(company, user=user, organisation=organisation)
        connection = Connection.objects.get(company=company)
        return transitions.confirm_sync_from(connection, sync_from=since, by=self.user)


def address(name: str, company: Company | None = None) -> str:
    return reverse(name, args=[company.pk] if company else [])


def signed_in(user: User, sandbox: Sandbox) -> Person:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Person(client, user, sandbox)


def text_of(page: Answer) -> str:
    """The page's words, with their white space made single."""
    return " ".join(page.content.decode().split())
