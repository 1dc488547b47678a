"""What became of a refresh. A value, not an exception: it leaves the locked block, is committed, and only
then raised, so that a grant marked dead is never rolled back by the telling of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from integrations.xero.errors import AccessLost, GrantBusy, XeroError
from integrations.xero.kinds import Verdict
from integrations.xero.oauth import token_error


class End(Enum):
    SAVED = "new tokens are stored"
    CHANGED = "the tokens are other ones by now"
    BUSY = "another worker is at it, or this one came too late"
    COOLING = "failed a moment ago; not yet again"
    FAILED = "Xero gave no tokens, and the grant lives"
    DEAD = "every stored token was refused"


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to refresh. `sent_before`: when a request that nobody heard back from can last have left."""

    id: UUID
    grant_id: int
    is_clean: bool
    sent_before: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    end: End
    access_token: str = field(default="", repr=False)
    verdict: Verdict | None = None
    retry_after: float = 2.0

    def error(self) -> XeroError:
        """What to raise for every end but SAVED and CHANGED."""
        if self.end is End.DEAD:
            return AccessLost("Xero has ended this permission.")
        if self.verdict is not None:
            return token_error(self.verdict)
        return GrantBusy(self.retry_after)
