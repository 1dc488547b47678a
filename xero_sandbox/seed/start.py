"""The named beginnings of a world."""

from __future__ import annotations

from collections.abc import Callable

from xero_sandbox.seed.demo import seed_demo
from xero_sandbox.state import World


def seed_empty(world: World) -> None:
    """Nobody and nothing: `--seed empty`, for tests that build their own cast."""


SEEDS: dict[str, Callable[[World], None]] = {"demo": seed_demo, "empty": seed_empty}


def seed_world(world: World, name: str) -> None:
    world.wipe()
    SEEDS[name](world)
