"""Webhooks waiting to be sent, in order (docs/xero.md E); `webhook_sender` sends them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Webhooks:
    url: str = ""
    key: str = "sandbox-webhook-key"
    status: str = "OFF"
    sequence: int = 0
    retry_seconds: float = 900.0
    hold: bool = False
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    attempts: list[dict[str, Any]] = field(default_factory=list)

    def note(self, event: dict[str, Any]) -> None:
        """Queue one event; events made before anybody listens are lost, as at Xero."""
        if self.status != "OFF":
            self.waiting.append(event)

    def sign(self, body: bytes) -> str:
        return base64.b64encode(hmac.new(self.key.encode(), body, hashlib.sha256).digest()).decode()
