"""What a call to Xero can end in, when it does not end well.

    XeroError
     ├ Unavailable       try again later; nothing is known to be wrong with the connection
     │  └ TokenNotAccepted   this access token is not accepted: have it refreshed
     ├ Throttled         a limit was reached; reschedule, never sleep
     ├ Halted            an operator stopped sync, or the installation is paused; nothing was sent
     ├ OutcomeUnknown    a write whose effect is not known
     ├ AccessLost        the connection is not usable, and is already marked so
     ├ MissingScope      the consent covers too little: "update permissions"
     ├ Misconfigured     our own client id, secret, address or key; no customer is to blame
     ├ GrantBusy         another worker refreshes this grant at this moment
     ├ Refused           Xero understood and said no
     ├ NotFound          there is no such thing
     └ IdentityUnproven  the id token does not prove who consented

The docstring of each is its default message. No message carries a token, a code or a secret.
"""

from collections.abc import Sequence
from typing import Any, ClassVar


class XeroError(Exception):
    """The call to Xero did not succeed."""

    is_permanent: ClassVar[bool] = False

    def __init__(self, says: str = "") -> None:
        super().__init__(says or (type(self).__doc__ or "").strip())


class Unavailable(XeroError):
    """Xero can’t be used at the moment."""

    def __init__(
        self, says: str = "", *, retry_after: float | None = None, is_too_much: bool = False
    ) -> None:
        """`is_too_much`: a question about less may have an answer all the same."""
        super().__init__(says)
        self.retry_after = retry_after
        self.is_too_much = is_too_much


class TokenNotAccepted(Unavailable):
    """Xero did not accept this access token."""


class Throttled(XeroError):
    """One of Xero’s limits was reached."""

    def __init__(self, limit: str, retry_after: float, says: str = "") -> None:
        super().__init__(says or f"Xero’s {limit} limit was reached; free again in {retry_after:.0f} s.")
        self.limit = limit
        self.retry_after = retry_after


class Halted(XeroError):
    """Sync is stopped."""


class OutcomeUnknown(XeroError):
    """It is not known whether Xero carried this out."""


class AccessLost(XeroError):
    """Xero no longer lets us use this organisation."""

    is_permanent = True


class MissingScope(XeroError):
    """The consent given in Xero does not cover this."""

    is_permanent = True

    def __init__(self, scopes: Sequence[str] = (), says: str = "") -> None:
        super().__init__(says)
        self.scopes = tuple(scopes)


class Misconfigured(XeroError):
    """Our own set-up for Xero is wrong."""

    is_permanent = True


class GrantBusy(XeroError):
    """Another worker is refreshing this grant."""

    def __init__(self, retry_after: float = 2.0, says: str = "") -> None:
        super().__init__(says)
        self.retry_after = retry_after


class Refused(XeroError):
    """Xero refused this."""

    is_permanent = True

    def __init__(self, status: int, messages: Sequence[str] = (), elements: Sequence[Any] = ()) -> None:
        super().__init__("; ".join(messages))
        self.status = status
        self.messages = tuple(messages)
        self.elements = tuple(elements)


class NotFound(XeroError):
    """Xero has no such thing."""

    is_permanent = True


class IdentityUnproven(XeroError):
    """Xero’s answer does not prove who signed in."""

    is_permanent = True
