"""A company that was released takes new books: what is settled already is not raised there unasked."""

from datetime import date

from django.utils import timezone

from integrations import transitions
from integrations.models import Connection, Grant
from integrations.xero import connections
from released.billing.models import Document, Status
from sync.conditions import CHANGED
from sync.excluding import include_document
from sync.models import DocumentLink
from sync.pending import waiting
from sync.states import states_for
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

NEW_BOOKS = "New Books Ltd"


def settled(connection: Connection, sandbox: Sandbox, **payment: str) -> Document:
    made = approved(connection)
    sync(connection)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    sandbox.do("record-payment", organisation=HARBOUR_VIEW, document=xero_id, **payment)
    ask(connection)
    return again(made)


def move(connection: Connection, sandbox: Sandbox) -> None:
    """Disconnect, release, and bind to other books whose range covers everything."""
    by = member(connection.company.account)
    transitions.disconnect(connection, by=by)
    transitions.release(connection, by=None, reason="the books moved to a new file")
    sandbox.do("organisation", name=NEW_BOOKS, users=["daniel@northgate.example"])
    tokens, identity = sandbox.sign_in("daniel@northgate.example", NEW_BOOKS)
    grant = Grant.objects.get(xero_user_id=identity.xero_user_id)
    grant.access_token, grant.refresh_token = tokens.access_token, tokens.refresh_token
    grant.expires_at = tokens.expires_at
    grant.save()
    found = next(one for one in connections.list_for(tokens.access_token) if one.name == NEW_BOOKS)
    Connection.objects.filter(pk=connection.pk).update(
        xero_tenant_id=found.xero_tenant_id, xero_connection_id=found.id, grant=grant, state="connected",
        organisation_name=NEW_BOOKS, sync_from=date(2000, 1, 1), connected_at=timezone.now(),
    )  # fmt: skip
    connection.refresh_from_db()
    fresh_minute()
    sync(connection)
    fresh_minute()
    ask(connection)


def test_what_was_paid_is_raised_in_new_books_only_by_a_persons_choice(
    connection: Connection, sandbox: Sandbox
) -> None:
    paid = settled(connection, sandbox)
    partly = settled(connection, sandbox, amount="100")
    assert (paid.status, partly.status) == (Status.PAID, Status.AUTHORISED)
    unpaid = approved(connection)
    wanted = [paid, partly, unpaid]
    Document.objects.exclude(pk__in=[one.pk for one in wanted]).update(date=date(1999, 1, 1))
    move(connection, sandbox)
    for one in (paid, partly):
        kept = again(one)
        before = (one.status, one.total, one.amount_due, one.amount_paid)
        assert (kept.status, kept.total, kept.amount_due, kept.amount_paid) == before
        assert kept.settlements.count() == 1
        state = states_for([kept])[kept.pk]
        assert state.kind == "excluded"
        assert "raised there as unpaid" in state.why
        assert "recorded there" in kept.events.get(what="excluded").says
    there = sandbox.see("documents", organisation=NEW_BOOKS, limit=50)["documents"]
    assert [row["number"] for row in there] == [again(unpaid).number]
    include_document(paid, by=member(connection.company.account))
    assert list(waiting(connection)) == [paid]
    assert Document.objects.filter(CHANGED, pk=partly.pk).exists()
