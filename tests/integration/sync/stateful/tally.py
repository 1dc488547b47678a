"""What happened over all sequences: each fault as often as it struck, each path as often as it was taken."""

from collections import Counter
from dataclasses import dataclass, field

from sync.models import Delivery

PATHS = (
    "push.saved.committed", "push.noted", "push.sent", "push.settle.committed", "push.no_effect.committed",
    "push.looked_up.committed", "push.freed.committed", "pull.page.committed", "pull.completed.committed",
    "compare.noted.committed", "compare.healed.committed",
)  # fmt: skip


@dataclass
class Tally:
    """Counts; `not_owed` are conflicts and problems that nobody’s two hands explain."""

    sequences: int = 0
    documents: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    not_owed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def reached(self, point: str) -> None:
        self.paths[point] += 1

    def told(self) -> str:
        never = [path for path in PATHS if not self.paths[path]]
        rows = (("acts", self.acts), ("faults that struck", self.faults), ("paths", self.paths),
                ("ends", self.ends), ("not owed", self.not_owed))  # fmt: skip
        lines = [f"{self.sequences} sequences, {self.documents} documents"]
        lines += [f"{name}: {dict(counts.most_common())}" for name, counts in rows]
        return "\n".join([*lines, *self.wrong, f"never taken: {never}"])

    def note_deliveries(self, connection_id: int) -> None:
        rows = Delivery.objects.filter(connection=connection_id)
        self.ends.update(f"delivery {state}" for state in rows.values_list("state", flat=True))
