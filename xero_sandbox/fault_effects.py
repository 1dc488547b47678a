"""What each fault does to a request; `faults` decides which one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from xero_sandbox.clock import to_ms
from xero_sandbox.faults import Fault
from xero_sandbox.http import world_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Effect = Callable[[web.Request, Handler, Fault], Awaitable[web.StreamResponse]]


async def apply_fault(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    return await EFFECTS[fault.action](request, handler, fault)


async def _answer(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    request["outcome"] = f"fault {fault.action}"
    return web.Response(status=fault.status, body=fault.body.encode() or None, headers=fault.headers)


async def _delay(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    await asyncio.sleep(fault.seconds)
    return await handler(request)


async def _reset(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """Nothing happened, and the caller cannot know."""
    return _dropped(request, "reset before handling")


async def _commit_then_drop(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """Everything happened, and the caller cannot know: the hardest case that a client has."""
    response = await handler(request)
    return _dropped(request, f"answered {response.status}, then dropped")


def _dropped(request: web.Request, outcome: str) -> web.StreamResponse:
    request["outcome"], request["dropped"] = outcome, True
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _truncate(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """The full length is promised, half of it comes."""
    whole = await handler(request)
    body = _body_of(whole)
    response = web.StreamResponse(status=whole.status, headers=_headers(whole))
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    request["outcome"] = "truncated"
    if request.transport is not None:
        request.transport.close()
    return response


async def _content_type(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    whole = await handler(request)
    body = fault.body.encode() or _body_of(whole)
    headers = _headers(whole) | {
        "Content-Type": fault.headers.get("Content-Type", "text/html; charset=utf-8")
    }
    return web.Response(status=whole.status, body=body, headers=headers)


async def _slow(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """`chunk` bytes, then `seconds` of nothing, and so on: a read timeout per byte never fires."""
    whole = await handler(request)
    body = _body_of(whole)
    response = web.StreamResponse(status=whole.status, headers=_headers(whole))
    response.content_length = len(body)
    await response.prepare(request)
    for start in range(0, len(body), fault.chunk):
        await response.write(body[start : start + fault.chunk])
        await asyncio.sleep(fault.seconds)
    await response.write_eof()
    return response


async def _changed_row(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """One record of the answer carries a value that no parser expects: an unknown name, or null."""
    whole = await handler(request)
    decoded = msgspec.json.decode(_body_of(whole))
    rows = next((value for value in decoded.values() if isinstance(value, list)), [])
    if rows:
        rows[min(fault.row, len(rows) - 1)][fault.field_name] = (
            None if fault.action == "null_field" else fault.value
        )
    request["outcome"] = f"fault {fault.action}"
    return web.Response(status=whole.status, body=msgspec.json.encode(decoded), headers=_headers(whole))


async def _page_drift(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    """After the answer somebody edits the oldest rows, which moves every later row one place down."""
    response = await handler(request)
    world = world_of(request)
    organisation = world.organisations.get(request.headers.get("xero-tenant-id", "").lower())
    if organisation is not None:
        ledger = (
            organisation.books.invoices if "Invoices" in request.path else organisation.books.credit_notes
        )
        for document in ledger.slice(fault.row, fault.row + fault.edits):
            ledger.put(document, to_ms(world.clock.now()))
    return response


def _body_of(response: web.StreamResponse) -> bytes:
    body = response.body if isinstance(response, web.Response) else b""
    return body if isinstance(body, bytes) else b""


def _headers(response: web.StreamResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name.lower() != "content-length"}


EFFECTS: dict[str, Effect] = {
    "answer": _answer,
    "outage": _answer,
    "delay": _delay,
    "reset": _reset,
    "commit_then_drop": _commit_then_drop,
    "truncate": _truncate,
    "content_type": _content_type,
    "slow": _slow,
    "unknown_enum": _changed_row,
    "null_field": _changed_row,
    "page_drift": _page_drift,
}
