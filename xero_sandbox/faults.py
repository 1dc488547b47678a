"""Faults by script: on the n-th request that matches, something goes wrong in a named way.

The script only decides; `fault_effects` does it. A fault matches by method, by a part of the path, by
organisation and by a part of the body; each part left out matches everything.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

ACTIONS = (
    "answer",
    "delay",
    "reset",
    "commit_then_drop",
    "truncate",
    "content_type",
    "slow",
    "outage",
    "unknown_enum",
    "null_field",
    "page_drift",
)


@dataclass
class Fault:
    action: str
    method: str = ""
    path: str = ""
    organisation: str = ""
    body_contains: str = ""
    nth: int = 1
    times: int = 1
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    seconds: float = 1.0
    chunk: int = 1024
    field_name: str = "Status"
    value: str = "UNKNOWNSTATUS"
    row: int = 0
    edits: int = 1
    fault_id: int = 0
    seen: int = 0
    fired: int = 0
    began: float | None = None

    def matches(self, method: str, path: str, organisation_id: str, body: bytes) -> bool:
        return (
            self.method.upper() in ("", method)
            and self.path.lower() in path.lower()
            and self.organisation in ("", organisation_id)
            and self.body_contains.encode() in body
        )

    def due(self, now: float) -> bool:
        """Called once for each match. An outage begins at its n-th match and then lasts its seconds."""
        self.seen += 1
        if self.action == "outage":
            if self.began is None and self.seen >= self.nth:
                self.began = now
            return self.began is not None and now < self.began + self.seconds
        return self.nth <= self.seen < self.nth + self.times


@dataclass
class FaultScript:
    faults: list[Fault] = field(default_factory=list)
    counter: int = 0

    def add(self, given: dict[str, Any]) -> Fault:
        known = {one.name for one in fields(Fault)} - {"fault_id", "seen", "fired", "began"}
        if unknown := set(given) - known:
            raise ValueError(f"A fault has no {sorted(unknown)}; it has {sorted(known)}.")
        fault = Fault(**given)
        if fault.action not in ACTIONS:
            raise ValueError(f"action is one of {list(ACTIONS)}.")
        self.counter += 1
        fault.fault_id = self.counter
        self.faults.append(fault)
        return fault

    def pick(self, method: str, path: str, organisation_id: str, body: bytes, now: float) -> Fault | None:
        chosen = None
        for fault in self.faults:
            if fault.matches(method, path, organisation_id, body) and fault.due(now) and chosen is None:
                fault.fired += 1
                chosen = fault
        return chosen

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.faults]
