"""The vault's front door: an access token that works, at the price of at most one refresh."""

from collections.abc import Callable
from typing import TypeVar

from integrations.installation import require_awake
from integrations.models import Grant
from integrations.xero.errors import AccessLost, TokenNotAccepted, Unavailable
from integrations.xero.vault.claiming import take
from integrations.xero.vault.outcome import Claim, End, Outcome
from integrations.xero.vault.refreshing import carry_out
from integrations.xero.vault.rows import read
from integrations.xero.vault.timing import seconds, timing
from released import clock

T = TypeVar("T")


def access_token(grant_id: int) -> str:
    """A token that is not about to end; without any lock while the stored one lasts.

    Raises AccessLost, GrantBusy (another worker refreshes), Unavailable, Throttled, Misconfigured, Halted.
    """
    require_awake()
    grant = _living(grant_id)
    if lasts(grant, timing().margin):
        return grant.access_token
    return _renew(grant, rejected="")


def refresh(grant_id: int, *, rejected: str) -> str:
    """A token other than the one that Xero did not accept. Raises as `access_token` does."""
    grant = _living(grant_id)
    if grant.access_token != rejected and lasts(grant, timing().margin):
        return grant.access_token
    return _renew(grant, rejected=rejected)


def using(grant_id: int, act: Callable[[str], T]) -> T:
    """Call `act(access_token)`; if it raises TokenNotAccepted, once more with a refreshed token."""
    token = access_token(grant_id)
    try:
        return act(token)
    except TokenNotAccepted:
        return act(refresh(grant_id, rejected=token))


def renew(grant: Grant, *, is_healing: bool) -> Outcome:
    """Claim and carry out one refresh of the grant as it was read. Raises Halted: a copy rotates nothing."""
    require_awake()
    taken = take(grant.pk, decided_on=grant.refresh_token, is_healing=is_healing)
    return carry_out(taken) if isinstance(taken, Claim) else taken


def lasts(grant: Grant, margin: float) -> bool:
    """The stored access token is there and lasts at least so many seconds more."""
    ends = grant.expires_at
    return bool(grant.access_token) and ends is not None and ends > clock.now() + seconds(margin)


def _renew(grant: Grant, *, rejected: str) -> str:
    outcome = renew(grant, is_healing=False)
    if outcome.end is End.SAVED:
        return outcome.access_token
    if outcome.end in (End.CHANGED, End.BUSY):
        return _what_others_made(grant.pk, rejected, outcome)
    if outcome.end is End.COOLING:
        raise Unavailable("Xero’s sign-in failed a moment ago.", retry_after=outcome.retry_after)
    raise outcome.error()


def _what_others_made(grant_id: int, rejected: str, outcome: Outcome) -> str:
    """Somebody else is, or was, refreshing: use theirs, or the old one for as long as it lasts."""
    grant = _living(grant_id)
    if grant.access_token != rejected and lasts(grant, timing().last_breath):
        return grant.access_token
    raise outcome.error()


def _living(grant_id: int) -> Grant:
    grant = read(grant_id)
    if grant.state == Grant.State.DEAD:
        raise AccessLost("Xero has ended this permission.")
    return grant
