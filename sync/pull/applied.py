from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page did here."""

    read: int = 0
    changed: int = 0
    conflicts: int = 0
