"""Where a browser lands when the app asked wrongly: Xero never sends it back (docs/xero.md A)."""

from __future__ import annotations

from aiohttp import web

from xero_sandbox.http import world_of
from xero_sandbox.pages import page


async def error_page(request: web.Request) -> web.Response:
    error_id = request.query.get("errorId", "")
    text = world_of(request).identity.errors.get(error_id, "invalid_request : Unknown error")
    return page("error.html", {"text": text, "error_id": error_id}, status=500)
