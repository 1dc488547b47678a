"""What only the weather does: time, outages, limits, switches and faults."""

from __future__ import annotations

from typing import Any

from xero_sandbox.control.dump import limits_json
from xero_sandbox.control.find import organisation_of, refused
from xero_sandbox.outage import TEXTS, Outage
from xero_sandbox.state import World
from xero_sandbox.switches import CHOICES

Answer = dict[str, Any]


def clock(world: World, asked: Answer) -> Answer:
    """Shift by seconds, or go back to real time with `reset`."""
    if asked.get("reset"):
        world.clock.shift_seconds = 0.0
    world.clock.move(float(asked.get("shift_seconds", 0)))
    return {"now": world.clock.now().isoformat(), "shift_seconds": world.clock.shift_seconds}


def outage(world: World, asked: Answer) -> Answer:
    """`kind` maintenance or unavailable, empty ends it; `seconds` for a time; `identity_too` for all."""
    kind = str(asked.get("kind") or "")
    if kind and kind not in TEXTS:
        raise refused(f"kind is one of {sorted(TEXTS)} or empty.")
    until = world.clock.now().timestamp() + float(asked["seconds"]) if asked.get("seconds") else None
    world.outage = Outage(kind, until, bool(asked.get("identity_too")))
    return {"outage": kind}


def switches(world: World, asked: Answer) -> Answer:
    """Set switches by name, or draw all of them from a seed."""
    if "draw" in asked:
        world.switches.draw(int(asked.pop("draw")))
    for name, value in asked.items():
        world.switches.set(name, value)
    return dict(world.switches.values)


def switch_by_place(world: World, asked: Answer) -> Answer:
    """The form's way: a choice by its place in the list, since a form knows no types."""
    name = str(asked["name"])
    world.switches.set(name, CHOICES[name][int(asked["place"] or 0)])
    return {name: world.switches[name]}


def limits(world: World, asked: Answer) -> Answer:
    """Set any limit; `exhaust` uses up a window of an organisation; `fresh` forgets what was used."""
    if asked.pop("fresh", False):
        world.limits.windows.clear()
    if name := asked.pop("exhaust", None):
        organisation = organisation_of(world, asked)
        world.limits.exhaust(organisation.organisation_id, str(name), world.clock.now().timestamp())
    asked.pop("organisation", None)
    known = limits_json(world)
    for name, value in asked.items():
        if name not in known:
            raise refused(f"No limit is called {name!r}; there are {sorted(known)}.")
        setattr(world.limits, name, value)
    return limits_json(world)


def faults(world: World, asked: Answer) -> Answer:
    """Add one fault, or forget all with `clear`."""
    if asked.get("clear"):
        world.faults.faults.clear()
        return {"faults": []}
    if asked.get("organisation"):
        asked["organisation"] = organisation_of(world, asked).organisation_id
    return {"fault_id": world.faults.add(asked).fault_id}


def idempotency(world: World, asked: Answer) -> Answer:
    """`down` breaks the store behind Idempotency-Key: writes with a key get a 500."""
    world.idempotency.down = bool(asked.get("down", True))
    return {"down": world.idempotency.down}
