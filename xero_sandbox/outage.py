"""Xero as a whole out of reach (docs/xero.md B): the 503 texts, for all organisations at once."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

TEXTS = {
    "maintenance": "The Xero API is currently offline for maintenance",
    "unavailable": "The Xero API is temporarily unavailable",
}


@dataclass
class Outage:
    """`until` is in seconds since the epoch by the sandbox's clock; None lasts until it is switched off."""

    kind: str = ""
    until: float | None = None
    identity_too: bool = False

    def over(self, path: str, now: float) -> str:
        """The kind of outage that a path meets now; empty when it meets none."""
        if self.until is not None and now >= self.until:
            self.kind, self.until = "", None
        is_api = path.lower().startswith(("/api.xro/", "/connections"))
        return self.kind if is_api or self.identity_too else ""


def unavailable(kind: str) -> web.Response:
    return web.Response(status=503, text=TEXTS[kind])
