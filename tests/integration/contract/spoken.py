"""What our product says to Xero: its own code at work, and the sandbox's word for word record of it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from django.db.models import F

from integrations.models import Connection
from integrations.probes import probe
from integrations.xero import connections, oauth, vault
from released.billing.contents import contents_of
from released.billing.models import Document, Kind
from released.billing.recording import approve_document, edit_document, raise_document, void_document
from released.portfolio.models import Contact
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.conftest import ask, sync
from tests.sandbox import Sandbox


@dataclass(frozen=True)
class Spoken:
    """One request of ours. `query` and `form` are decoded, `body` is text."""

    method: str
    path: str
    query: dict[str, str]
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def endpoint(self) -> str:
        return self.path.removeprefix("/api.xro/2.0/").split("/")[0]

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body))

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.query}"


def work(sandbox: Sandbox, connection: Connection) -> None:
    """Everything that a company does in a week: each kind of document made, changed and ended."""
    sync(connection)
    by = member(connection.company.account)
    made = [_raise(connection, kind, by) for kind in Kind]
    sync(connection)
    for document in made:
        _change(document, by)
    Contact.objects.filter(pk=made[0].contact_id).update(
        name="Renamed", email="a@b.example", revision=F("revision") + 1
    )
    ask(connection)
    void_document(Document.objects.get(pk=made[0].pk), by=by)
    ask(connection)
    _lose_an_answer(sandbox, connection, by)
    probe(connection)
    _ask_as_the_app(connection)


def _raise(connection: Connection, kind: Kind, by: Any) -> Document:
    contents = billing.contents(connection.company, kind, reference="AG-17")
    return approve_document(raise_document(connection.company, kind, contents, by=by), by=by)


def _change(document: Document, by: Any) -> None:
    fresh = Document.objects.get(pk=document.pk)
    before = contents_of(fresh)
    lines = (*before.lines, replace(before.lines[0], key=uuid4(), description="And one more"))
    changed = replace(before, reference="AG-18", lines=lines)
    edit_document(fresh, changed, by=by, revision=fresh.revision)


def _lose_an_answer(sandbox: Sandbox, connection: Connection, by: Any) -> None:
    """So that the delivery is looked up."""
    _raise(connection, Kind.INVOICE, by)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    ask(connection)


def _ask_as_the_app(connection: Connection) -> None:
    assert connection.grant_id is not None
    vault.refresh(connection.grant_id, rejected=vault.access_token(connection.grant_id))
    token = oauth.app_token()
    assert token is not None
    connections.list_all(token)
    access = vault.access_token(connection.grant_id)
    connections.list_for(access, oauth.authentication_event_id(access))
    assert connection.xero_connection_id is not None
    connections.delete(connection.xero_connection_id, access)


def said(sandbox: Sandbox) -> list[Spoken]:
    """All of it, in two groups: what was asked, and what was sent."""
    asked = [one for one in sandbox.see("record")["requests"] if one["method"] == "GET"]
    sent = sandbox.see("writes")["writes"]
    return [
        Spoken(
            one["method"],
            one["path"],
            dict(parse_qsl(one["query"])),
            one.get("body", ""),
            tuple(sorted(one.get("headers", {}).items())),
        )
        for one in [*asked, *sent]
        if not one["path"].startswith("/identity")
    ]
