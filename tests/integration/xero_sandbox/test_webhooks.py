"""Webhooks: the handshake, the signature, order, retries (docs/xero.md E)."""

from collections.abc import Iterator

import pytest

from tests.integration.xero_sandbox.driver import App
from tests.integration.xero_sandbox.receiver import Receiver, eventually, listen, receiving, status


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.mark.fact("E4")
def test_the_handshake_wants_right_signatures_told_from_wrong(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver)
    assert status(app.sandbox) == "OK"
    assert [body["events"] for body in receiver.got] == [[], []]
    assert {body["firstEventSequence"] for body in receiver.got} == {0}


@pytest.mark.fact("E4")
def test_who_accepts_everything_is_refused(app: App, receiver: Receiver) -> None:
    receiver.careless = True
    listen(app.sandbox, receiver)
    assert status(app.sandbox) == "REFUSED"


@pytest.mark.fact("E1", "E3")
def test_a_change_rings_signed_and_in_order(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver)
    made = app.create()
    note = app.create("CreditNotes")
    app.call("POST", f"Invoices/{made['InvoiceID']}", {"Reference": "r"})
    eventually(lambda: len(receiver.events) == 4)
    told = [(event["eventCategory"], event["eventType"]) for event in receiver.events]
    assert told == [
        ("CONTACT", "CREATE"),
        ("INVOICE", "CREATE"),
        ("CREDITNOTE", "CREATE"),
        ("INVOICE", "UPDATE"),
    ]
    assert receiver.events[1]["resourceId"] == made["InvoiceID"]
    assert receiver.events[1]["tenantId"] == app.organisation_id
    assert "data" not in receiver.events[1]
    assert receiver.events[2]["data"] == {"Type": "ACCRECCREDIT", "Status": "AUTHORISED"}
    assert receiver.events[2]["resourceId"] == note["CreditNoteID"]
    delivered = [body for body in receiver.got if body["events"]]
    assert (delivered[0]["firstEventSequence"], delivered[-1]["lastEventSequence"]) == (1, 4)


@pytest.mark.fact("E5")
def test_a_failure_is_tried_again_at_once_and_later(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, retry_seconds=0.1)
    receiver.failing = 3
    app.create()
    eventually(lambda: len(receiver.events) == 2)
    attempts = app.sandbox.get("/sandbox/api/webhooks").json()["attempts"]
    assert [one["status"] for one in attempts[4:]].count(500) == 3


@pytest.mark.fact("E2")
def test_a_delivery_may_come_twice(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, duplicate=True, hold=True)
    app.create()
    app.sandbox.control("webhooks", hold=False)
    eventually(lambda: len(receiver.events) == 4)
    assert receiver.got[-1] == receiver.got[-2]


@pytest.mark.fact("E6")
@pytest.mark.parametrize(("fires", "count"), [(True, 1), (False, 0)])
def test_whether_a_payment_rings_is_unsettled(app: App, receiver: Receiver, fires: bool, count: int) -> None:
    app.sandbox.switch(payment_fires_invoice_webhook=fires)
    made = app.create()
    listen(app.sandbox, receiver)
    app.sandbox.control("record-payment", document=made["InvoiceID"])
    app.call("PUT", "Contacts", {"Name": "The end"})
    eventually(lambda: any(event["eventCategory"] == "CONTACT" for event in receiver.events))
    assert [event["eventCategory"] for event in receiver.events].count("INVOICE") == count


@pytest.mark.fact("E5")
def test_a_day_of_failure_ends_the_sending_and_a_new_handshake_replays(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, retry_seconds=0.05)
    receiver.failing = 10**6
    app.create()
    eventually(lambda: receiver.failing < 10**6 - 2)
    app.sandbox.control("clock", shift_seconds=86_400)
    eventually(lambda: status(app.sandbox) == "DISABLED")
    receiver.failing = 0
    listen(app.sandbox, receiver)
    eventually(lambda: [event["eventCategory"] for event in receiver.events] == ["CONTACT", "INVOICE"])


@pytest.mark.fact("E5")
def test_what_was_held_for_a_month_is_lost(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, hold=True)
    app.create(Contact={"Name": "Bayside Club"})
    app.sandbox.control("clock", shift_seconds=32 * 86_400)
    app.tokens = app.sandbox.refresh(app.tokens["refresh_token"]).json()
    app.call("PUT", "Contacts", {"Name": "Later"})
    app.sandbox.control("webhooks", hold=False)
    eventually(lambda: bool(receiver.events))
    assert [event["eventCategory"] for event in receiver.events] == ["CONTACT"]
