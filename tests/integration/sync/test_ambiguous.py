"""Nobody knows whether it is in Xero: no edit goes past the question, and the answer is final."""

import pytest

from integrations.models import Connection
from released.billing.models import Document, Kind
from sync.ambiguity import send_again
from sync.models import LikelyPair, Problem
from sync.turn import take_turn
from tests.factories.accounts import member
from tests.integration.sync.conftest import age_deliveries, approved, in_xero, sync
from tests.integration.sync.test_both_sides import edit
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def doubtful(connection: Connection, sandbox: Sandbox) -> Document:
    """A credit note whose answer was lost, and which somebody changed in Xero meanwhile."""
    sync(connection)
    made = approved(connection, kind=Kind.CREDIT_NOTE, reference="Deposit")
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/CreditNotes")
    take_turn(connection.pk)
    there = in_xero(sandbox)[0]["id"]
    sandbox.do("edit-document", organisation=HARBOUR_VIEW, document=there, set={"reference": "Bond"})
    age_deliveries(8)
    sync(connection)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.AMBIGUOUS
    return made


def test_an_edit_is_not_sent_past_the_question(
    connection: Connection, doubtful: Document, sandbox: Sandbox
) -> None:
    edit(doubtful, member(connection.company.account), reference="Edited meanwhile")
    sync(connection)
    assert len(in_xero(sandbox)) == 1


def test_sent_again_by_choice_nobody_asks_whether_it_is_the_other(
    connection: Connection, doubtful: Document, sandbox: Sandbox
) -> None:
    send_again(doubtful, by=member(connection.company.account))
    sync(connection)
    assert len(in_xero(sandbox)) == 2
    assert not LikelyPair.objects.filter(apart_at=None).exists()
    assert Document.objects.filter(company=connection.company, total=doubtful.total).count() == 2
