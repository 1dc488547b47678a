"""What was seen before something was concluded, kept for support with personal data masked."""

import re
from typing import NotRequired, TypedDict

from released.clock import now

EMAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9])[A-Za-z0-9.-]*\.([A-Za-z]{2,})")
TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*|[A-Za-z0-9_-]{43,}")
LONGEST = 400


class Sight(TypedDict):
    """One thing seen: when (ISO, UTC), what in our words, what Xero said; perhaps an incident’s beginning."""

    at: str
    saw: str
    said: str
    incident_at: NotRequired[str]
    restored_at: NotRequired[str]


def sight(saw: str, said: str = "") -> Sight:
    """Something seen just now. `said` is Xero's own text; addresses and anything like a token are masked."""
    return Sight(at=now().isoformat(timespec="seconds"), saw=mask(saw), said=mask(said))


def mask(text: str) -> str:
    """The text without email addresses and tokens, cut to a readable length."""
    masked = TOKEN.sub("(masked)", EMAIL.sub(r"\1…@\2….\3", text))
    return masked if len(masked) <= LONGEST else masked[: LONGEST - 1] + "…"
