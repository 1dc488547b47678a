"""The faults that a sequence draws from, by name, and the points at which a process dies."""

from typing import Any

from tests.integration.sync.stateful.world import World

THROTTLED = {"X-Rate-Limit-Problem": "minute", "Retry-After": "1"}
WRITES = (("PUT", "/Invoices"), ("POST", "/Invoices"), ("PUT", "/CreditNotes"), ("PUT", "/Contacts"))
HAPPENINGS: dict[str, dict[str, Any]] = {
    "answer lost": {"action": "commit_then_drop"},
    "dropped before handling": {"action": "reset"},
    "answer cut short": {"action": "truncate"},
    "500": {"action": "answer", "status": 500},
    "429": {"action": "answer", "status": 429, "headers": THROTTLED},
}
READS: dict[str, dict[str, Any]] = {
    "read dropped": {"action": "reset", "method": "GET", "path": "/api.xro"},
    "read 503": {"action": "answer", "status": 503, "method": "GET", "path": "/api.xro"},
    "read 429": {**HAPPENINGS["429"], "method": "GET", "path": "/api.xro"},
    "read cut short": {"action": "truncate", "method": "GET", "path": "/Invoices"},
}
FAULTS: dict[str, dict[str, Any]] = {
    f"{name}: {method} {path}": {**script, "method": method, "path": path}
    for name, script in HAPPENINGS.items()
    for method, path in WRITES
} | READS
POINTS = ("push.saved", "push.settle", "push.no_effect", "push.looked_up", "push.freed", "pull.page",
          "pull.completed", "pull.reconsidered", "compare.healed", "compare.noted")  # fmt: skip
CRASHES = (
    *(f"{point}.{moment}" for point in POINTS for moment in ("before_commit", "committed")),
    *("push.noted", "push.sent", "gate.passing"),
)


def strike(world: World, label: str) -> None:
    """The next call that fits meets it."""
    world.fault(label.split(": ")[0] if label not in READS else label, **FAULTS[label])
