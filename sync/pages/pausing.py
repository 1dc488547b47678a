"""A pause that Xero or our own back-off imposes, as people are told of it who have just pressed Sync now."""

import math
from dataclasses import dataclass
from datetime import timedelta

from integrations.models import Connection
from released.web.words import count_text
from sync.holding import seconds_left

BRIEF = timedelta(minutes=2)
"""So long a page goes on asking whether it is over."""


@dataclass(frozen=True, slots=True)
class PauseLeft:
    """How much of it is left."""

    left: timedelta

    @property
    def ends(self) -> str:
        """in about 3 minutes"""
        minutes = math.ceil(self.left.total_seconds() / 60)
        about = count_text(minutes, "minute") if minutes < 90 else count_text(round(minutes / 60), "hour")
        return f"in about {about}"


def pause_left(connection: Connection) -> PauseLeft | None:
    """None while nothing has to wait."""
    seconds = seconds_left(connection.pk)
    return PauseLeft(timedelta(seconds=seconds)) if seconds is not None else None
