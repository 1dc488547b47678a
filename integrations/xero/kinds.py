"""What an answer of Xero can mean, and to which of our questions."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Endpoint(Enum):
    """The question that was asked. The same status means different things to different questions."""

    TOKEN = "a user's tokens"  # noqa: S105 - a question, not a secret
    APP_TOKEN = "the app's own token"  # noqa: S105
    KEYS = "discovery and keys"
    CONNECTIONS = "the list of connections"
    DISCONNECT = "the end of one connection"
    READ = "accounting, reading"
    WRITE = "accounting, writing"

    @property
    def is_write(self) -> bool:
        return self in (Endpoint.WRITE, Endpoint.DISCONNECT)

    @property
    def holds_words(self) -> bool:
        """Whether its answers hold what people wrote. In the others nothing odd is ever mended: it would
        be a part of a token or of a key.
        """
        return self not in (Endpoint.TOKEN, Endpoint.APP_TOKEN, Endpoint.KEYS)


class Kind(Enum):
    FINE = "fine"
    TOKEN_EXPIRED = "the access token is not accepted"  # noqa: S105
    GRANT_DEAD = "the refresh token or code is not accepted"
    PERHAPS_UNLINKED = "perhaps the organisation is no longer ours to use: ask /connections"
    SCOPE_MISSING = "the consent covers too little"
    MISCONFIGURED = "our own set-up is wrong"
    UNAVAILABLE = "unavailable"
    THROTTLED = "a limit was reached"
    REFUSED = "understood and refused"
    NOT_FOUND = "no such thing"
    OUTCOME_UNKNOWN = "a write whose effect is not known"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The meaning of one answer. `content` is its JSON, fractions as Decimal; never shown or logged.

    `row` and `fact` name the row of the table and the fact it rests on; `said` is Xero's own code
    or word, safe to log; `retry_after` is seconds. `is_too_much`: it came to nothing in a way in which a
    question about too much comes to nothing, so one about less may be answered.
    """

    kind: Kind
    row: str
    fact: str
    said: str = ""
    retry_after: float | None = None
    limit: str = ""
    is_too_much: bool = False
    scopes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    elements: tuple[Any, ...] = field(default=(), repr=False)
    content: Any = field(default=None, repr=False)

    @property
    def is_fine(self) -> bool:
        return self.kind is Kind.FINE
