"""What was asked of the sandbox and what came of it: the proof that a client behaved."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 100_000
BODIES_KEPT, LONGEST_BODY = 2_000, 200_000


@dataclass
class Entry:
    at: str
    method: str
    path: str
    query: str
    organisation_id: str | None
    status: int
    idempotency_key: str | None
    outcome: str
    bytes_in: int
    bytes_out: int
    milliseconds: float


@dataclass(frozen=True)
class Write:
    """What was sent, word for word: the latest ones only, since bodies are large."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


@dataclass
class Record:
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT))
    writes: deque[Write] = field(default_factory=lambda: deque(maxlen=BODIES_KEPT))
    by_endpoint: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    highest_in_flight: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry, endpoint: str) -> None:
        self.entries.append(entry)
        self.by_endpoint[f"{entry.method} {endpoint}"] += 1

    def keep_body(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> None:
        kept = {
            name.lower(): headers[name]
            for name in ("Content-Type", "Accept", "Idempotency-Key")
            if name in headers
        }
        text = body[:LONGEST_BODY].decode(errors="replace")
        self.writes.append(Write(method, path, query, kept, text))

    def enter(self, organisation_id: str) -> int:
        """Count a request of an organisation in; returns how many are now under way."""
        self.in_flight[organisation_id] += 1
        now = self.in_flight[organisation_id]
        self.highest_in_flight[organisation_id] = max(now, self.highest_in_flight[organisation_id])
        return now

    def leave(self, organisation_id: str) -> None:
        self.in_flight[organisation_id] -= 1

    def clear(self) -> None:
        self.entries.clear()
        self.writes.clear()
        self.by_endpoint.clear()
        self.highest_in_flight.clear()

    def as_json(self, path_contains: str = "", last: int | None = None) -> dict[str, Any]:
        chosen = [asdict(entry) for entry in self.entries if path_contains in entry.path]
        return {
            "requests": chosen[-last:] if last else chosen,
            "count": len(chosen),
            "by_endpoint": dict(self.by_endpoint),
            "highest_in_flight": dict(self.highest_in_flight),
        }
