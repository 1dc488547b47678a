"""Webhooks waiting to be sent, in order, and what is known of the address (docs/xero.md E).

    OFF ──set address──> INTENT ──handshake kept──> OK ──24 h of failure──> DISABLED
                            └─────handshake broken─────────> REFUSED

Events made while nobody was ever listening are lost; those made while sending fails are held and replayed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

MOST_AT_ONCE = 100


@dataclass
class Webhooks:
    url: str = ""
    key: str = "sandbox-webhook-key"
    status: str = "OFF"
    sequence: int = 0
    retry_seconds: float = 900.0
    hold: bool = False
    duplicate: bool = False
    failing_since: float | None = None
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    attempts: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=1000))
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, event: dict[str, Any]) -> None:
        if self.status != "OFF":
            self.waiting.append(event)
            self.bell.set()

    def expire(self, oldest: str) -> None:
        """What was held for more than a month is lost; stamps sort as text."""
        while self.waiting and self.waiting[0]["eventDateUtc"] < oldest:
            self.waiting.popleft()

    def body(self, events: list[dict[str, Any]]) -> bytes:
        """A delivery of events, or with none of them a probe of the handshake, numbered 0."""
        first, last = (self.sequence + 1, self.sequence + len(events)) if events else (0, 0)
        numbers = {"firstEventSequence": first, "lastEventSequence": last}
        found = {"events": events, **numbers, "entropy": secrets.token_hex(10).upper()}
        return json.dumps(found, separators=(",", ":")).encode()

    def sign(self, body: bytes) -> str:
        return base64.b64encode(hmac.new(self.key.encode(), body, hashlib.sha256).digest()).decode()

    def settle(self, count: int) -> None:
        """A delivery was accepted: its events are gone and their numbers used."""
        for _ in range(count):
            self.waiting.popleft()
        self.sequence += count
        self.failing_since = None
