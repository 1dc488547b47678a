"""An update is sent over nothing that was not read just before: an empty answer is no reading."""

import pytest

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Kind
from sync.models import Conflict, DocumentLink, Problem
from sync.problems import retry
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, in_xero, sync
from tests.integration.sync.test_both_sides import edit, in_sandbox
from tests.sandbox import HARBOUR_VIEW, Sandbox

EMPTY = {"method": "GET", "times": 1}
NOTHING_COMES = [
    (Kind.INVOICE, {"path": "/Invoices", "status": 200, "body": '{"Invoices":[]}'}),
    (Kind.CREDIT_NOTE, {"path": "/CreditNotes/", "status": 404}),
]


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.mark.parametrize(("kind", "answer"), NOTHING_COMES, ids=["an empty list", "no such credit note"])
def test_nothing_is_sent_when_nothing_comes(
    connection: Connection, person: User, sandbox: Sandbox, kind: Kind, answer: dict[str, object]
) -> None:
    made = approved(connection, kind=kind)
    sync(connection)
    in_sandbox(sandbox, made, reference="Theirs")
    edit(made, person, reference="Ours")
    sandbox.do("faults", action="answer", **EMPTY, **answer)
    sync(connection)
    assert in_xero(sandbox)[0]["reference"] == "Theirs"
    retry(Problem.objects.get(closed_at=None), by=person)
    sync(connection)
    assert in_xero(sandbox)[0]["reference"] == "Theirs"
    assert Conflict.objects.get(resolved_at=None).clashing == ["reference"]


def test_one_that_ended_is_read_even_where_lists_leave_such_out(
    connection: Connection, person: User, sandbox: Sandbox
) -> None:
    """docs/xero.md C32."""
    sandbox.switch(lists_deleted_and_voided=False)
    made = approved(connection)
    sync(connection)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    sandbox.do("void-document", organisation=HARBOUR_VIEW, document=xero_id)
    edit(made, person, reference="Ours")
    sync(connection)
    assert Conflict.objects.get(resolved_at=None).document == made
    assert not Problem.objects.filter(closed_at=None).exists()
    assert again(made).is_pending
