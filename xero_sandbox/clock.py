"""The sandbox's own clock: real time plus a shift, so that a test can live through sixty days in a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    shift_seconds: float = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.shift_seconds)

    def move(self, seconds: float) -> None:
        self.shift_seconds += seconds


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch: the resolution in which Xero stamps a change."""
    return int(moment.timestamp() * 1000)


def from_ms(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, UTC)
