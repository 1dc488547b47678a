from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page did here."""

    read: int = 0
    changed: int = 0
    conflicts: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(self.read + other.read, self.changed + other.changed, self.conflicts + other.conflicts)
