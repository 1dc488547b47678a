"""Writing what Xero answered, under the row's lock. Each changes only what its end allows."""

import random
from typing import Any

from integrations.models import Grant
from integrations.xero.kinds import Kind
from integrations.xero.token_endpoint import TokenReply, TokenSet
from integrations.xero.vault import dying
from integrations.xero.vault.outcome import Claim, End, Outcome
from integrations.xero.vault.timing import seconds, timing
from released import clock
from released.clock.database import database_now

TOKENS = ["access_token", "refresh_token", "previous_refresh_token", "expires_at", "refreshed_at", "scopes"]
CLAIM = ["claim", "first_claimed_at", "in_doubt", "last_sent_at"]
HEALTH = ["failures", "cool_until"]


def save(grant: Grant, claim: Claim, used: str, tokens: TokenSet) -> Outcome:
    """New tokens. The previous one is the one spent for them: only that one can bring them back."""
    grant.previous_refresh_token = used
    put(grant, tokens)
    grant.in_doubt = grant.in_doubt and not claim.is_clean
    _end_claim(grant, claim)
    grant.failures, grant.cool_until = 0, None
    grant.save(update_fields=[*TOKENS, *CLAIM, *HEALTH])
    return Outcome(End.SAVED, access_token=tokens.access_token)


def put(grant: Grant, tokens: TokenSet) -> None:
    """Make these the current tokens."""
    grant.access_token, grant.refresh_token = tokens.access_token, tokens.refresh_token
    grant.expires_at, grant.refreshed_at = tokens.expires_at, clock.now()
    grant.scopes = " ".join(tokens.scopes) or grant.scopes


def fail(grant: Grant, claim: Claim, reply: TokenReply) -> Outcome:
    """No tokens. Unless it is certain that nothing was spent, the claim stays open to be healed."""
    nothing_spent = reply.verdict.kind in (Kind.THROTTLED, Kind.MISCONFIGURED) or not reply.was_sent
    if nothing_spent:
        _end_claim(grant, claim)
    grant.failures += 1
    pause = cooling(grant.failures, reply.verdict.retry_after, _most(reply.verdict.kind))
    grant.cool_until = database_now() + seconds(pause)
    grant.save(update_fields=[*CLAIM, *HEALTH])
    return Outcome(End.FAILED, verdict=reply.verdict, retry_after=pause)


def _most(kind: Kind) -> float:
    return timing().cool_our_fault if kind is Kind.MISCONFIGURED else timing().cool_most


def cooling(failures: int, asked_for: float | None, most: float) -> float:
    """Seconds until the next try: longer each time, and spread, so that an outage ends gently."""
    longest = min(timing().cool_first * 2 ** min(failures - 1, 10), most)
    return max(random.uniform(longest / 2, longest), asked_for or 0.0)  # noqa: S311 - spreads load, hides nothing


def die(grant: Grant, evidence: list[dict[str, Any]]) -> Outcome:
    """The grant's death and its effect on every connection that hangs on it, in this one transaction."""
    grant.state, grant.died_at = Grant.State.DEAD, clock.now()
    grant.claim, grant.first_claimed_at, grant.in_doubt, grant.last_sent_at = None, None, False, None
    grant.save(update_fields=["state", "died_at", *CLAIM])
    dying.tell(grant, evidence)
    return Outcome(End.DEAD)


def _end_claim(grant: Grant, claim: Claim) -> None:
    """Our own requests were answered; an earlier, unheard one is remembered until it must have landed."""
    grant.claim = None
    grant.last_sent_at = claim.sent_before
    if not grant.in_doubt:
        grant.first_claimed_at = None
