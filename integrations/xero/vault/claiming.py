"""The first transaction: claim the refresh, so that what is started can be seen by everybody.

A claim outlives its owner's crash. Whoever takes over an unfinished one can't know whether Xero
rotated the tokens, so the grant is then in doubt (docs/protocols.md, Vault 1 and 3).
"""

from datetime import datetime
from uuid import uuid4

from django.db import OperationalError

from integrations.models import Grant
from integrations.xero.steps import reach
from integrations.xero.vault.outcome import Claim, End, Outcome
from integrations.xero.vault.rows import lock, locking
from integrations.xero.vault.timing import seconds, timing
from released.clock.database import database_now


def take(grant_id: int, *, decided_on: str, is_healing: bool) -> Claim | Outcome:
    """Claim the refresh of the grant whose refresh token the caller decided on."""
    reach("vault.decided")
    try:
        with locking(timing().wait_to_claim):
            grant = lock(grant_id)
            taken = _take(grant, decided_on, database_now(), is_healing=is_healing)
    except OperationalError:  # the row is held: somebody is refreshing, or saving a consent
        return Outcome(End.BUSY)
    reach("vault.claimed")
    return taken


def owner_lives(grant: Grant, now: datetime) -> bool:
    """Somebody claimed this refresh so recently that they may still be at it."""
    claimed_at = grant.claimed_at
    return grant.claim is not None and claimed_at is not None and _age(claimed_at, now) < timing().owner_lives


def _take(grant: Grant | None, decided_on: str, now: datetime, *, is_healing: bool) -> Claim | Outcome:
    if grant is None or grant.state == Grant.State.DEAD:
        return Outcome(End.DEAD)
    if grant.refresh_token != decided_on:
        return Outcome(End.CHANGED)
    if owner_lives(grant, now):
        return Outcome(End.BUSY)
    mends = is_healing or grant.claim is not None or grant.in_doubt
    if grant.cool_until is not None and now < grant.cool_until and not mends:
        return Outcome(End.COOLING, retry_after=_age(now, grant.cool_until))
    return _write(grant, now)


def _write(grant: Grant, now: datetime) -> Claim:
    sent_before = grant.last_sent_at
    is_clean = sent_before is None or _age(sent_before, now) >= timing().has_landed
    claim = Claim(uuid4(), grant.pk, is_clean, sent_before)
    grant.in_doubt = grant.in_doubt or grant.claim is not None
    grant.claim, grant.claimed_at = claim.id, now
    grant.first_claimed_at = grant.first_claimed_at or now
    # Written before anything is sent, so it holds even if this process dies without another word.
    grant.last_sent_at = now + seconds(timing().may_send_until)
    grant.save(update_fields=["claim", "claimed_at", "first_claimed_at", "in_doubt", "last_sent_at"])
    return claim


def _age(then: datetime, now: datetime) -> float:
    return (now - then).total_seconds()
