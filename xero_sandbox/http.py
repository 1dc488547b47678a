"""Small doors between aiohttp and the world: what a handler needs from its request."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from xero_sandbox.state import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def world_of(request: web.Request) -> World:
    return request.app[WORLD]


def issuer_of(request: web.Request) -> str:
    """The origin the request was made on, unless the settings pin one."""
    pinned = world_of(request).settings.issuer
    return pinned or f"{request.scheme}://{request.host}"


def encode(value: Any) -> bytes:
    """JSON with money as numbers that keep their two places."""
    return _ENCODER.encode(value)


def json_body(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        body=body, status=status, headers=headers, content_type="application/json", charset="utf-8"
    )


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return json_body(encode(value), status, headers)
