"""Idempotency-Key (docs/xero.md C): for six minutes a key and its request get the same answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

KEPT = timedelta(minutes=6)
LONGEST = 128
MOST = 1000


@dataclass(frozen=True)
class Remembered:
    fingerprint: tuple[str, str, bytes]
    status: int
    body: bytes
    at: datetime


@dataclass
class IdempotencyStore:
    answers: dict[tuple[str, str], Remembered] = field(default_factory=dict)
    down: bool = False

    def recall(self, app: str, key: str, now: datetime) -> Remembered | None:
        found = self.answers.get((app, key))
        return found if found and now < found.at + KEPT else None

    def remember(self, app: str, key: str, answer: Remembered) -> None:
        if len(self.answers) >= MOST:
            self.answers = {name: one for name, one in self.answers.items() if answer.at < one.at + KEPT}
        self.answers[(app, key)] = answer
