"""How often the app's own list is read: as often as the setting says while it is short, less often when long.

Every round carries the whole list, and Xero counts bytes (docs/xero.md D3). Disconnect App must all
the same be seen within a minute, so there is a longest pause.
"""

from django.conf import settings
from django.core.cache import cache

SECONDS_A_DAY = 86_400
BYTES_A_DAY = 250_000_000
LONGEST = 40.0
RESTS = "watch:rests"


def interval(size: int, shortest: float) -> float:
    """Seconds between two readings of a list of so many compressed bytes. Pure."""
    affordable = size * SECONDS_A_DAY / BYTES_A_DAY
    return max(shortest, min(affordable, LONGEST))


def is_resting() -> bool:
    return cache.get(RESTS) is not None


def rest_after(size: int) -> None:
    """Leave out the rings of beat that come too soon. Forgotten by the cache, it costs one round."""
    shortest = float(settings.WATCH_EVERY)
    pause = interval(size, shortest)
    if pause > shortest:
        cache.set(RESTS, 1, timeout=pause - shortest / 2)
