"""The faults that a sequence draws from, by name, and the points at which a process dies or stands still."""

from typing import Any

THROTTLED = {"X-Rate-Limit-Problem": "minute", "Retry-After": "1"}
WRITES = (
    ("PUT", "/Invoices"), ("POST", "/Invoices"), ("PUT", "/CreditNotes"), ("POST", "/CreditNotes"),
    ("PUT", "/Contacts"), ("POST", "/Contacts"),
)  # fmt: skip
HAPPENINGS: dict[str, dict[str, Any]] = {
    "answer lost": {"action": "commit_then_drop"},
    "dropped before handling": {"action": "reset"},
    "answer cut short": {"action": "truncate"},
    "500": {"action": "answer", "status": 500},
    "503": {"action": "answer", "status": 503},
    "429": {"action": "answer", "status": 429, "headers": THROTTLED},
}
READS: dict[str, dict[str, Any]] = {
    "read dropped": {"action": "reset", "method": "GET", "path": "/api.xro"},
    "read 503": {"action": "answer", "status": 503, "method": "GET", "path": "/api.xro"},
    "read 429": {**HAPPENINGS["429"], "method": "GET", "path": "/api.xro"},
    "read cut short": {"action": "truncate", "method": "GET", "path": "/Invoices"},
    "drift while reading": {"action": "page_drift", "method": "GET", "path": "/Invoices"},
}
FAULTS: dict[str, dict[str, Any]] = {
    f"{name}: {method} {path}": {**script, "method": method, "path": path}
    for name, script in HAPPENINGS.items()
    for method, path in WRITES
} | READS

REFRESH = {"method": "POST", "path": "/connect/token", "body_contains": "grant_type=refresh_token"}
TOKEN_FAULTS: dict[str, dict[str, Any]] = {
    f"token {name}": {**script, **REFRESH}
    for name, script in HAPPENINGS.items()
    if name != "answer cut short"
}

MOMENTS = ("before_commit", "committed")
SETTLING = (
    "push.saved", "push.settle", "push.no_effect", "push.looked_up", "push.freed", "push.nothing",
    "push.namesake", "push.contact_refused", "push.refused", "pull.page", "pull.completed", "pull.told",
    "pull.reconsidered", "compare.healed", "compare.noted",
)  # fmt: skip
VAULT = ("vault.decided", "vault.claimed", "vault.locked", "vault.sending", "token.answered",
         "vault.answered", "vault.settled", "vault.committed")  # fmt: skip
POINTS = (
    *(f"{point}.{moment}" for point in SETTLING for moment in MOMENTS),
    "push.noted", "gate.passing", "push.sent", *VAULT,
)  # fmt: skip
