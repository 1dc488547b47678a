"""From a call to its answer: idempotency around, exceptions into Xero's bodies (docs/xero.md C)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.envelope import Answer, error_answer, not_found
from xero_sandbox.accounting.errors import ApiError, NotFound
from xero_sandbox.accounting.idempotency import LONGEST, Remembered
from xero_sandbox.accounting.router import Route

REUSED = "Idempotency Key: {key} is used with a different request."


def run(call: Call, route: Route, arguments: tuple[str, ...]) -> Answer:
    key = call.headers.get("Idempotency-Key")
    if not key or call.method not in ("POST", "PUT", "PATCH"):
        return _answered(lambda: route.handler(call, *arguments))
    if call.world.idempotency.down:
        return Answer(500, b"", "text/plain")
    if len(key) > LONGEST:
        return error_answer(10, "ValidationException", "Idempotency Key must be 128 characters or less.")
    return _once(call, key, lambda: _answered(lambda: route.handler(call, *arguments)))


def _once(call: Call, key: str, work: Callable[[], Answer]) -> Answer:
    store, app = call.world.idempotency, call.grant.client_id
    address = f"{call.path}?{sorted(call.query.items())}|{call.organisation.organisation_id}"
    fingerprint = (call.method, address, hashlib.sha256(call.body).digest())
    before = store.recall(app, key, call.now)
    if before and before.fingerprint != fingerprint:
        return _reused(call, key)
    if before and (before.status == 200 or call.world.switches["cached_refusal_replayed"]):
        return Answer(before.status, before.body)
    answer = work()
    if answer.status in (200, 400):
        store.remember(app, key, Remembered(fingerprint, answer.status, answer.body, call.now))
    return answer


def _reused(call: Call, key: str) -> Answer:
    text = REUSED.format(key=key)
    if call.world.switches["idempotency_reuse_body"] == "elements":
        element = {"ValidationErrors": [{"Message": text}]}
        return error_answer(10, "ValidationException", "A validation exception occurred", [element])
    return error_answer(10, "ValidationException", text)


def _answered(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except NotFound:
        return not_found()
    except ApiError as refusal:
        return error_answer(refusal.number, refusal.type, refusal.message)
