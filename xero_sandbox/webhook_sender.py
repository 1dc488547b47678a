"""Sending webhooks beside the requests: handshake, signed deliveries in order, retries (docs/xero.md E)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp import web

from xero_sandbox.http import WORLD
from xero_sandbox.webhooks import MOST_AT_ONCE, Webhooks

ANSWER_WITHIN = aiohttp.ClientTimeout(total=5)
GIVE_UP_AFTER = 86_400
HELD = timedelta(days=31)
HANDSHAKE = (True, False, True, False)


async def run_sender(app: web.Application) -> AsyncIterator[None]:
    """aiohttp's cleanup context: the sender lives as long as the sandbox."""
    task = asyncio.create_task(_forever(app))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _forever(app: web.Application) -> None:
    async with aiohttp.ClientSession(timeout=ANSWER_WITHIN) as session:
        while True:
            hooks = app[WORLD].webhooks
            if hooks.status == "INTENT":
                await _handshake(session, hooks)
            elif hooks.status == "OK" and hooks.waiting and not hooks.hold:
                await _deliver(session, hooks, app[WORLD].clock.now().timestamp())
            else:
                await _rest(hooks, 0.5)


async def _rest(hooks: Webhooks, seconds: float) -> None:
    hooks.bell.clear()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hooks.bell.wait(), seconds)


async def _handshake(session: aiohttp.ClientSession, hooks: Webhooks) -> None:
    """Intent to receive: a rightly signed probe must get 200, a wrongly signed one 401."""
    kept = True
    for right in HANDSHAKE:
        body = hooks.body([])
        signature = hooks.sign(body if right else body + b" ")
        status = await _post(session, hooks, body, signature)
        kept = kept and status == (200 if right else 401)
    hooks.status = "OK" if kept else "REFUSED"


async def _deliver(session: aiohttp.ClientSession, hooks: Webhooks, now: float) -> None:
    hooks.expire((datetime.fromtimestamp(now, UTC) - HELD).strftime("%Y-%m-%dT%H:%M:%S"))
    events = list(hooks.waiting)[:MOST_AT_ONCE]
    if not events:
        return
    body = hooks.body(events)
    signature = hooks.sign(body)
    for _ in range(2):  # a failure is tried again at once, then after the long wait
        if await _post(session, hooks, body, signature) == 200:
            if hooks.duplicate:
                await _post(session, hooks, body, signature)
            hooks.settle(len(events))
            return
    hooks.failing_since = hooks.failing_since or now
    if now >= hooks.failing_since + GIVE_UP_AFTER:
        hooks.status = "DISABLED"
        return
    await asyncio.sleep(hooks.retry_seconds)


async def _post(session: aiohttp.ClientSession, hooks: Webhooks, body: bytes, signature: str) -> int:
    """The status of one try; 0 when nothing came back in time."""
    headers = {"Content-Type": "application/json", "x-xero-signature": signature}
    began, status = time.perf_counter(), 0
    try:
        async with session.post(hooks.url, data=body, headers=headers, allow_redirects=False) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError):
        status = 0
    seconds = round(time.perf_counter() - began, 3)
    hooks.attempts.append(
        {"status": status, "body": body.decode(), "signature": signature, "seconds": seconds}
    )
    return status
