"""A lost answer, a crash, a suspended worker: the document is in Xero once (docs/protocols.md 2)."""

from dataclasses import replace

import pytest

from integrations.models import Connection
from integrations.xero import steps
from released.billing.contents import contents_of
from released.billing.models import Document, Kind
from released.billing.recording import edit_document
from sync import leases
from sync.models import Conflict, Delivery, Lease, Problem
from sync.turn import take_turn
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, age_deliveries, approved, ask, fresh_minute, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


class Crash(BaseException):
    """The process dies here."""


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def puts(sandbox: Sandbox, path: str = "/Invoices") -> list[str]:
    rows = sandbox.see("record", path=path)["requests"]
    return [row["idempotency_key"] for row in rows if row["method"] == "PUT"]


def of_invoices() -> Delivery:
    return Delivery.objects.get(endpoint="Invoices")


def test_an_answer_lost_after_xero_committed_is_asked_for_again(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    assert not again(made).shared_revision
    assert Delivery.objects.get(state="open").unanswered == 1
    sync(synced)
    rows = in_xero(sandbox)
    assert [row["number"] for row in rows] == [again(made).number]
    assert len(set(puts(sandbox))) == 1


def test_after_the_key_is_forgotten_the_document_is_looked_up(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    age_deliveries(8)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]
    assert len(puts(sandbox)) == 1


def test_between_replay_and_look_up_nothing_is_done(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    age_deliveries(6)
    sync(synced)
    assert len(puts(sandbox)) == 1
    assert of_invoices().state == Delivery.State.OPEN


def test_what_a_pull_has_seen_in_xero_needs_no_look_up(synced: Connection, sandbox: Sandbox) -> None:
    made = [approved(synced), approved(synced)]
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    age_deliveries(6)
    ask(synced)
    assert {row["number"] for row in in_xero(sandbox)} == {again(one).number for one in made}
    assert of_invoices().state == Delivery.State.SETTLED
    assert len(puts(sandbox)) == 1


def test_what_never_arrived_is_sent_anew_after_looking(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced)
    sandbox.do("faults", action="reset", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    age_deliveries(8)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]
    assert len(set(puts(sandbox))) >= 1


@pytest.mark.parametrize("point", ["push.noted", "push.sent", "push.settle.before_commit"])
def test_a_crash_at_any_step_doubles_nothing(synced: Connection, sandbox: Sandbox, point: str) -> None:
    made = approved(synced)

    def die(reached: str) -> None:
        if reached == point:
            raise Crash

    with steps.listening(die), pytest.raises(Crash):
        take_turn(synced.pk)
    sync(synced)
    rows = in_xero(sandbox)
    assert [row["number"] for row in rows] == [again(made).number]


def test_a_suspended_worker_that_wakes_up_late_settles_nothing(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced)
    settled: list[str] = []

    def suspend(reached: str) -> None:
        if reached == "push.sent" and not settled:
            settled.append(reached)
            Lease.objects.update(expires_at="2020-01-01T00:00:00Z")
            other = leases.take(synced.pk)
            assert other is not None
            leases.release(other)

    with steps.listening(suspend):
        take_turn(synced.pk)
    assert not again(made).shared_revision
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_a_throttled_replay_keeps_the_delivery_open(synced: Connection, sandbox: Sandbox) -> None:
    """The first sending may have been carried out; the second certainly was not (2.4)."""
    made = approved(synced)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    take_turn(synced.pk)
    headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "1"}
    sandbox.do("faults", action="answer", method="PUT", path="/Invoices", status=429, headers=headers)
    sync(synced)
    delivery = of_invoices()
    assert (delivery.state, delivery.unanswered) == (Delivery.State.OPEN, 1)
    fresh_minute()
    age_deliveries(8)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_a_throttled_first_sending_frees_it(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    sandbox.do(
        "faults", action="answer", method="PUT", path="/Invoices", status=429, headers={"Retry-After": "1"}
    )
    take_turn(synced.pk)
    assert of_invoices().state == Delivery.State.FREED


def test_a_credit_note_is_found_by_likeness(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced, kind=Kind.CREDIT_NOTE)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/CreditNotes")
    take_turn(synced.pk)
    age_deliveries(8)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_a_credit_note_that_somebody_changed_is_ambiguous(synced: Connection, sandbox: Sandbox) -> None:
    made = approved(synced, kind=Kind.CREDIT_NOTE, reference="Deposit")
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/CreditNotes")
    take_turn(synced.pk)
    row = in_xero(sandbox)[0]
    sandbox.do(
        "edit-document", document=row["id"], organisation="Harbour View Ltd", set={"reference": "Bond"}
    )
    age_deliveries(8)
    sync(synced)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.AMBIGUOUS
    assert len(in_xero(sandbox)) == 1
    assert not again(made).shared_revision


def test_an_update_that_landed_unheard_is_ours_when_the_document_is_edited_again(
    synced: Connection, sandbox: Sandbox
) -> None:
    """Found by the stateful test: both values were ours, and a person was asked to choose between them."""
    made = approved(synced)
    sync(synced)
    edit(made, reference="First")
    sandbox.do("faults", action="commit_then_drop", method="POST", path="/Invoices")
    take_turn(synced.pk)
    edit(made, reference="Second")
    age_deliveries(8)
    sync(synced)
    assert [row["reference"] for row in in_xero(sandbox)] == ["Second"]
    assert not Conflict.objects.exists()
    assert not again(made).is_pending


def test_an_update_is_not_sent_again_over_what_somebody_changed_in_xero(
    synced: Connection, sandbox: Sandbox
) -> None:
    """Found by the stateful test: a replay minutes later overwrote their change without a word."""
    made = approved(synced)
    sync(synced)
    edit(made, reference="Ours")
    sandbox.do("faults", action="answer", status=500, method="POST", path="/Invoices")
    take_turn(synced.pk)
    row = in_xero(sandbox)[0]
    sandbox.do("edit-document", document=row["id"], organisation=HARBOUR_VIEW, set={"reference": "Theirs"})
    sync(synced)
    assert in_xero(sandbox)[0]["reference"] == "Theirs"
    age_deliveries(8)
    sync(synced)
    assert in_xero(sandbox)[0]["reference"] == "Theirs"
    assert Conflict.objects.get().clashing == ["reference"]


def edit(document: Document, *, reference: str) -> None:
    now = again(document)
    person = member(now.company.account)
    edit_document(now, replace(contents_of(now), reference=reference), by=person, revision=now.revision)
