"""Setting up webhooks, as on the developer portal, and what was sent."""

from __future__ import annotations

from typing import Any

from xero_sandbox.state import World

Answer = dict[str, Any]


def set_webhooks(world: World, asked: Answer) -> Answer:
    """`url` starts the handshake; `retry_seconds`, `hold`, `duplicate` bend the sending; `off` ends it."""
    hooks = world.webhooks
    for name in ("key", "retry_seconds", "hold", "duplicate"):
        if name in asked:
            setattr(hooks, name, asked[name])
    if asked.get("url"):
        hooks.url, hooks.status, hooks.failing_since = str(asked["url"]), "INTENT", None
    if asked.get("off"):
        hooks.status = "OFF"
        hooks.waiting.clear()
    hooks.bell.set()
    return webhooks_json(world)


def webhooks_json(world: World) -> Answer:
    hooks = world.webhooks
    names = ("url", "key", "status", "sequence", "retry_seconds", "hold", "duplicate")
    found: Answer = {name: getattr(hooks, name) for name in names}
    return found | {"waiting": len(hooks.waiting), "attempts": list(hooks.attempts)[-50:]}
