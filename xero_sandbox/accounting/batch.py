"""Writes of many elements: one refusal or one status each, as `summarizeErrors` says (docs/xero.md C)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.dates import date_string, ms_date, parse_date
from xero_sandbox.accounting.envelope import Answer, envelope, error_answer
from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.accounting.model import NO_ID
from xero_sandbox.http import encode


@dataclass(frozen=True)
class Batch:
    plural: str
    noun: str
    id_field: str
    write: Callable[[dict[str, Any]], bytes]
    warn: Callable[[dict[str, Any]], list[str]] = lambda row: []
    undoable: bool = True


@dataclass(frozen=True)
class Outcome:
    body: bytes
    failed: bool
    warned: bool = False


def write_all(call: Call, batch: Batch, rows: list[dict[str, Any]]) -> Answer:
    """By default one refused element refuses the request; whether its neighbours are kept is a switch."""
    if call.flag("summarizeErrors", default=True):
        return _summarised(call, batch, rows)
    outcomes = [_try(batch, row) for row in rows]
    items = [_with_status(outcome) for outcome in outcomes]
    return envelope(call, batch.plural, items)


def _summarised(call: Call, batch: Batch, rows: list[dict[str, Any]]) -> Answer:
    saves_rest = call.world.switches["batch_refusal_saves_the_rest"] or not batch.undoable
    undo = None if saves_rest or len(rows) == 1 else Snapshot(call)
    outcomes = [_try(batch, row) for row in rows]
    if not any(outcome.failed for outcome in outcomes):
        return envelope(call, batch.plural, [outcome.body for outcome in outcomes])
    if undo is not None:
        undo.restore()
    refused = [msgspec.Raw(outcome.body) for outcome in outcomes if outcome.failed]
    return error_answer(10, "ValidationException", "A validation exception occurred", refused)


class Snapshot:
    """Enough of the books to take a refused batch back: shallow, since writes replace rather than change."""

    def __init__(self, call: Call) -> None:
        self._books = call.books
        self._ledgers = [(one, one.copy_state()) for one in (self._books.invoices, self._books.credit_notes)]
        self._contacts = self._books.contacts.copy_state()
        self._numbers = (dict(self._books.numbers), dict(self._books.next_number))
        self._waiting = (call.world.webhooks, list(call.world.webhooks.waiting))

    def restore(self) -> None:
        for ledger, state in self._ledgers:
            ledger.restore_state(state)
        self._books.contacts.restore_state(self._contacts)
        self._books.numbers, self._books.next_number = self._numbers
        webhooks, waiting = self._waiting
        webhooks.waiting.clear()
        webhooks.waiting.extend(waiting)


def _try(batch: Batch, row: dict[str, Any]) -> Outcome:
    try:
        return _accepted(batch, row)
    except Invalid as refusal:
        return Outcome(encode(_echo(batch, row, refusal)), failed=True)


def _accepted(batch: Batch, row: dict[str, Any]) -> Outcome:
    """A warning comes with the element and does not stop it."""
    body, warnings = batch.write(row), batch.warn(row)
    if not warnings:
        return Outcome(body, failed=False)
    said = encode([{"Message": message} for message in warnings])
    return Outcome(body[:-1] + b',"Warnings":' + said + b"}", failed=False, warned=True)


def _echo(batch: Batch, row: dict[str, Any], refusal: Invalid) -> dict[str, Any]:
    """A refused element comes back with the values that were asked for; a create with the all-zero id."""
    echoed = {batch.id_field: NO_ID} | row | {"HasErrors": True}
    for name in ("Date", "DueDate", "PlannedPaymentDate", "ExpectedPaymentDate"):
        if isinstance(echoed.get(name), str):
            value = parse_date(echoed[name])
            echoed |= {name: ms_date(value), f"{name}String": date_string(value)}
    messages = [{"Message": message} for message in refusal.messages]
    return echoed | {"ValidationErrors": messages}


def _with_status(outcome: Outcome) -> bytes:
    """StatusAttributeString is there only when errors are not summarised."""
    status = b'"ERROR"' if outcome.failed else b'"WARNING"' if outcome.warned else b'"OK"'
    return outcome.body[:-1] + b',"StatusAttributeString":' + status + b"}"
