"""What Xero named in a webhook is read by its ids; what its ids do not show, by the lists."""

from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest

from integrations.models import Connection
from released.billing.models import Document, Kind
from released.clock.database import database_now
from sync.models import DocumentLink, Run, Schedule, WebhookEvent
from sync.models.place import Stream
from sync.push.updates import read_again
from sync.told import batches
from tests.integration.sync.conftest import again, approved, fresh_minute, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db


def note(connection: Connection, *named: tuple[str, Any]) -> None:
    """Stored as `sync.webhooks` stores it."""
    assert connection.xero_tenant_id
    for category, resource in named:
        WebhookEvent.objects.create(
            xero_tenant_id=connection.xero_tenant_id, category=category, type="UPDATE",
            resource_id=str(resource), received_at=database_now(),
        )  # fmt: skip
    Schedule.objects.filter(pk=connection.pk).update(is_wanted=True, wanted_because=Run.Trigger.WEBHOOK)


def reads(connection: Connection, sandbox: Sandbox) -> list[str]:
    """A sync; what it asked Xero for, and how."""
    fresh_minute()
    sandbox.do("record/clear")
    sync(connection)
    rows = sandbox.see("record", last=200)["requests"]
    return [
        row["path"].rpartition("/2.0/")[2] + (" by ids" if "IDs=" in row["query"] else "")
        for row in rows
        if row["method"] == "GET" and "/api.xro" in row["path"]
    ]


def edit(sandbox: Sandbox, document: Document, reference: str) -> str:
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set={"reference": reference})
    return xero_id


def test_an_invoice_is_read_by_its_id_and_nothing_else_is(connection: Connection, sandbox: Sandbox) -> None:
    made, other = approved(connection), approved(connection)
    sync(connection)
    due = Schedule.objects.get().pull_due_at
    xero_id = edit(sandbox, made, "Told")
    edit(sandbox, other, "Not told")
    note(connection, ("INVOICE", xero_id), ("INVOICE", xero_id.upper()))
    assert reads(connection, sandbox) == ["Invoices by ids"]
    assert (again(made).reference, again(other).reference) == ("Told", other.reference)
    assert not WebhookEvent.objects.filter(handled_at=None).exists()
    assert Schedule.objects.get().pull_due_at == due  # the lists are read when they would have been
    Schedule.objects.update(pull_due_at=None)
    sync(connection)
    assert again(other).reference == "Not told"


def test_contacts_and_credit_notes_are_read_by_their_ids_too(
    connection: Connection, sandbox: Sandbox
) -> None:
    credit = approved(connection, kind=Kind.CREDIT_NOTE)
    sync(connection)
    xero_id = edit(sandbox, credit, "Told")
    contact = credit.contact
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=contact.name, email="told@example.com")
    note(connection, ("CREDITNOTE", xero_id), ("CONTACT", contact.link.xero_id))
    assert reads(connection, sandbox) == ["Contacts by ids", f"CreditNotes/{xero_id}"]
    contact.refresh_from_db()
    assert (contact.email, again(credit).reference) == ("told@example.com", "Told")


@pytest.mark.parametrize(
    "named", [("PAYMENT", uuid4()), ("INVOICE", ""), ("INVOICE", uuid4()), ("", uuid4())]
)
def test_what_ids_do_not_show_is_read_by_the_lists(
    connection: Connection, sandbox: Sandbox, named: tuple[str, Any]
) -> None:
    made = approved(connection)
    sync(connection)
    edit(sandbox, made, "Told")
    note(connection, named)
    assert {"Contacts", "Invoices", "CreditNotes"} <= set(reads(connection, sandbox))
    assert again(made).reference == "Told"
    assert not WebhookEvent.objects.filter(handled_at=None).exists()


@pytest.mark.fact("E2")
def test_a_question_by_ids_that_xero_refuses_is_asked_by_the_lists(
    connection: Connection, sandbox: Sandbox
) -> None:
    made = approved(connection)
    sync(connection)
    xero_id = edit(sandbox, made, "Told")
    refusal = {"action": "answer", "status": 400, "body": '{"ErrorNumber":17,"Message":"No"}'}
    sandbox.do("faults", **refusal, method="GET", path="/Invoices", times=1)
    note(connection, ("INVOICE", xero_id))
    assert reads(connection, sandbox)[:2] == ["Invoices by ids", "Contacts"]
    assert again(made).reference == "Told"


def test_lists_are_read_in_time_however_often_xero_tells_of_something(
    connection: Connection, sandbox: Sandbox
) -> None:
    made = approved(connection)
    sync(connection)
    note(connection, ("INVOICE", edit(sandbox, made, "Told")))
    Schedule.objects.update(pull_due_at=None)
    assert reads(connection, sandbox) == ["Contacts", "Invoices", "CreditNotes"]


def test_what_is_told_while_it_is_read_is_read_again(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    xero_id = edit(sandbox, made, "Told")
    asked: list[Any] = []

    def answer(*question: Any) -> Any:
        found = read_again(*question)
        if not asked:
            edit(sandbox, made, "Told once more")
            note(connection, ("INVOICE", xero_id))
        asked.append(question)
        return found

    note(connection, ("INVOICE", xero_id))
    with patch("sync.told.read_again", answer):
        sync(connection)
    assert again(made).reference == "Told once more"
    assert len(asked) == 2


def test_one_call_takes_fifty_and_more_than_the_lists_cost_is_left_to_them() -> None:
    invoices = [("INVOICE", str(uuid4())) for _ in range(150)]
    assert [len(batch.ids) for batch in batches(invoices)] == [50, 50, 50]
    assert batches([*invoices, ("INVOICE", str(uuid4()))]) == []
    assert batches(invoices + invoices) == batches(invoices)
    mixed = batches([("CREDITNOTE", str(uuid4())), ("INVOICE", str(uuid4())), ("contact", str(uuid4()))])
    assert [batch.stream for batch in mixed] == [Stream.CONTACTS, Stream.INVOICES, Stream.CREDIT_NOTES]
