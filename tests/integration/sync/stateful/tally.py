"""What happened over all sequences: each fault as often as it struck, each path as often as it was taken."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any, Self

from sync.models import Delivery
from tests.integration.sync.stateful.weather import FAULTS, POINTS, SETTLING, TOKEN_FAULTS

PATHS = (
    *(f"{point}.committed" for point in SETTLING), "push.noted", "push.sent", "gate.passing",
    "vault.committed", "vault.refused", "lease taken over", "lease held by a dead worker",
    "woke up to an old fence", "woke up in time", "delivery replayed", "delivery freed", "delivery settled",
)  # fmt: skip


@dataclass
class Tally:
    """Counts; `not_owed` are conflicts and problems that nobody’s two hands explain."""

    sequences: int = 0
    documents: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    not_owed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def reached(self, point: str) -> None:
        self.paths[point] += 1

    def never(self, *, chaos: bool = False) -> list[str]:
        """What was never hit and should have been."""
        moments = [f"{verb} {point}" for verb in ("killed at", "suspended at") for point in POINTS]
        faults = [*FAULTS, *TOKEN_FAULTS, "refused as a whole"] if not chaos else []
        found = [name for name in faults if not self.faults[name]]
        found += [name for name in moments if not self.struck[name]]
        return found + [path for path in PATHS if not self.paths[path]]

    def told(self, *, chaos: bool = False) -> str:
        rows = (("acts", self.acts), ("faults that struck", self.faults), ("processes", self.struck),
                ("paths", self.paths), ("ends", self.ends), ("not owed", self.not_owed))  # fmt: skip
        lines = [f"{self.sequences} sequences, {self.documents} documents"]
        lines += [f"{name}: {dict(counts.most_common())}" for name, counts in rows]
        return "\n".join([*lines, *self.wrong, f"never hit: {self.never(chaos=chaos)}"])

    def note_deliveries(self, connection_id: int) -> None:
        rows = Delivery.objects.filter(connection=connection_id)
        self.paths.update(f"delivery {state}" for state in rows.values_list("state", flat=True))
        self.paths["delivery replayed"] += rows.filter(sends__gt=1).count()

    def add(self, other: Self) -> None:
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, one.name, mine + theirs)

    def as_json(self) -> dict[str, Any]:
        return vars(self)

    @classmethod
    def of_json(cls, given: dict[str, Any]) -> Self:
        made = cls()
        for name, value in given.items():
            setattr(made, name, Counter(value) if isinstance(value, dict) else value)
        return made
