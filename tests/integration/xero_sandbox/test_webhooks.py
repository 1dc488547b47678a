"""Webhooks: the handshake, the signature, order, retries (docs/xero.md E)."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.integration.xero_sandbox.driver import App, Sandbox

KEY = "webhook-key"


class Receiver(ThreadingHTTPServer):
    """An endpoint of somebody's app: right about signatures unless told to be careless."""

    careless = False
    failing = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.got: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/webhooks"

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.got for event in body["events"]]

    def status_for(self, raw: bytes, signature: str) -> int:
        expected = base64.b64encode(hmac.new(KEY.encode(), raw, hashlib.sha256).digest()).decode()
        if signature != expected and not self.careless:
            return 401
        if self.failing and json.loads(raw)["events"]:
            self.failing -= 1
            return 500
        self.got.append(json.loads(raw))
        return 200


class Door(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.server.status_for(raw, self.headers["x-xero-signature"]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The base class's name for it; nothing is logged."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def eventually(check: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not check():
        assert time.monotonic() < until
        time.sleep(0.02)


def listen(sandbox: Sandbox, receiver: Receiver, **options: Any) -> None:
    sandbox.control("webhooks", url=receiver.address, key=KEY, **options)
    eventually(lambda: status(sandbox) in ("OK", "REFUSED"))


def status(sandbox: Sandbox) -> str:
    return str(sandbox.get("/sandbox/api/webhooks").json()["status"])


def test_the_handshake_wants_right_signatures_told_from_wrong(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver)
    assert status(app.sandbox) == "OK"
    assert [body["events"] for body in receiver.got] == [[], []]
    assert {body["firstEventSequence"] for body in receiver.got} == {0}


def test_who_accepts_everything_is_refused(app: App, receiver: Receiver) -> None:
    receiver.careless = True
    listen(app.sandbox, receiver)
    assert status(app.sandbox) == "REFUSED"


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


def test_a_failure_is_tried_again_at_once_and_later(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, retry_seconds=0.1)
    receiver.failing = 3
    app.create()
    eventually(lambda: len(receiver.events) == 2)
    attempts = app.sandbox.get("/sandbox/api/webhooks").json()["attempts"]
    assert [one["status"] for one in attempts[4:]].count(500) == 3


def test_a_delivery_may_come_twice(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, duplicate=True, hold=True)
    app.create()
    app.sandbox.control("webhooks", hold=False)
    eventually(lambda: len(receiver.events) == 4)
    assert receiver.got[-1] == receiver.got[-2]


@pytest.mark.parametrize(("fires", "count"), [(True, 1), (False, 0)])
def test_whether_a_payment_rings_is_unsettled(app: App, receiver: Receiver, fires: bool, count: int) -> None:
    app.sandbox.switch(payment_fires_invoice_webhook=fires)
    made = app.create()
    listen(app.sandbox, receiver)
    app.sandbox.control("record-payment", document=made["InvoiceID"])
    app.call("PUT", "Contacts", {"Name": "The end"})
    eventually(lambda: any(event["eventCategory"] == "CONTACT" for event in receiver.events))
    assert [event["eventCategory"] for event in receiver.events].count("INVOICE") == count


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


def test_what_was_held_for_a_month_is_lost(app: App, receiver: Receiver) -> None:
    listen(app.sandbox, receiver, hold=True)
    app.create(Contact={"Name": "Bayside Club"})
    app.sandbox.control("clock", shift_seconds=32 * 86_400)
    app.tokens = app.sandbox.refresh(app.tokens["refresh_token"]).json()
    app.call("PUT", "Contacts", {"Name": "Later"})
    app.sandbox.control("webhooks", hold=False)
    eventually(lambda: bool(receiver.events))
    assert [event["eventCategory"] for event in receiver.events] == ["CONTACT"]
