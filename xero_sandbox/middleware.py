"""Around every answer: the record, the faults, and refusals turned into responses."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from xero_sandbox.fault_effects import apply_fault
from xero_sandbox.http import world_of
from xero_sandbox.identity.bearer import Refused
from xero_sandbox.identity.errors import AuthorizeError
from xero_sandbox.outage import unavailable
from xero_sandbox.record import Entry

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Told:
    """What became of a request, for the record."""

    status: int = 0
    outcome: str = "failed"
    size: int = 0


@web.middleware
async def recorded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Write every call outside the control room down, whatever became of it."""
    if request.path.startswith("/sandbox"):
        return await handler(request)
    world, began, told = world_of(request), time.perf_counter(), Told()
    organisation_id = request.headers.get("xero-tenant-id", "").lower() or None
    if organisation_id:
        world.record.enter(organisation_id)
    try:
        return await _watched(request, handler, told)
    except web.HTTPException as refusal:
        told.status, told.outcome = refusal.status, "refused"
        raise
    finally:
        if organisation_id:
            world.record.leave(organisation_id)
        world.record.add(_entry(request, organisation_id, told, began), _endpoint(request.path))


async def _watched(request: web.Request, handler: Handler, told: Told) -> web.StreamResponse:
    if request.method not in ("GET", "HEAD"):
        body = await request.read()
        record = world_of(request).record
        record.keep_body(request.method, request.path, request.query_string, request.headers, body)
    response = await handler(request)
    told.status = 0 if request.get("dropped") else response.status
    told.outcome = request.get("outcome", "answered")
    sent = response.body if isinstance(response, web.Response) else None
    told.size = len(sent) if isinstance(sent, bytes) else 0
    return response


def _entry(request: web.Request, organisation_id: str | None, told: Told, began: float) -> Entry:
    return Entry(
        at=world_of(request).clock.now().isoformat(),
        method=request.method,
        path=request.path,
        query=request.query_string,
        organisation_id=organisation_id,
        status=told.status,
        idempotency_key=request.headers.get("Idempotency-Key"),
        outcome=told.outcome,
        bytes_in=request.content_length or 0,
        bytes_out=told.size,
        milliseconds=round((time.perf_counter() - began) * 1000, 2),
    )


def _endpoint(path: str) -> str:
    """Ids out of the path, so that calls count by endpoint."""
    return "/".join("{id}" if len(part) == 36 and part.count("-") == 4 else part for part in path.split("/"))


@web.middleware
async def faulty(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path.startswith("/sandbox"):
        return await handler(request)
    world = world_of(request)
    organisation_id = request.headers.get("xero-tenant-id", "").lower()
    fault = None
    if world.faults.faults:
        body = await request.read()
        now = world.clock.now().timestamp()
        fault = world.faults.pick(request.method, request.path, organisation_id, body, now)
    return await (apply_fault(request, handler, fault) if fault else handler(request))


@web.middleware
async def refusing(request: web.Request, handler: Handler) -> web.StreamResponse:
    world = world_of(request)
    if kind := world.outage.over(request.path, world.clock.now().timestamp()):
        request["outcome"] = kind
        return unavailable(kind)
    try:
        return await handler(request)
    except Refused as refusal:
        request["outcome"] = refusal.detail.split(":")[0]
        return refusal.response(world.switches["forbidden_body_case"])
    except AuthorizeError as refusal:
        error_id = str(uuid.uuid4())
        world.identity.errors[error_id] = refusal.text
        return web.Response(status=302, headers={"Location": f"/identity/error?errorId={error_id}"})
