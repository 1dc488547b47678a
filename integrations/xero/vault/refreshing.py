"""The second transaction: hold the grant's row, ask Xero once or twice, store the answer.

The only HTTP call of the whole product that happens inside a transaction. Every early return
leaves the claim as it is; what was started and not finished is healed within a minute.
"""

import logging
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection

from integrations.models import Consent, Grant
from integrations.xero import token_endpoint
from integrations.xero.kinds import Kind
from integrations.xero.steps import reach
from integrations.xero.token_endpoint import TokenReply
from integrations.xero.vault import settling
from integrations.xero.vault.outcome import Claim, End, Outcome
from integrations.xero.vault.rows import Pulse, lock, locking
from integrations.xero.vault.timing import seconds, timing
from released import clock
from released.clock.database import database_now

logger = logging.getLogger(__name__)

BUSY = Outcome(End.BUSY)


def carry_out(claim: Claim) -> Outcome:
    """Refresh what was claimed. Never raises for what Xero or the lock does; the outcome says it."""
    said_yes: list[bool] = []
    is_stored = False
    try:
        with locking(timing().wait_to_refresh):
            outcome = _under_lock(claim, said_yes)
            reach("vault.settled")
        is_stored = True
    except (OperationalError, InterfaceError) as problem:
        logger.warning("refresh of grant %s not stored: %s", claim.grant_id, type(problem).__name__)
        return BUSY
    finally:
        if said_yes and not is_stored:
            _doubt(claim)
    reach("vault.committed")
    return outcome


def _under_lock(claim: Claim, said_yes: list[bool]) -> Outcome:
    grant = lock(claim.grant_id)
    if grant is None or grant.claim != claim.id or grant.claimed_at is None:
        return Outcome(End.CHANGED)
    if database_now() - grant.claimed_at > seconds(timing().go_within):
        return BUSY
    reach("vault.locked")
    pulse, evidence = Pulse(), list[dict[str, Any]]()
    for token in _stored(grant):
        reply = _ask(token, pulse)
        if reply is None:
            return BUSY
        if reply.tokens is not None:
            said_yes.append(True)
            return settling.save(grant, claim, token, reply.tokens)
        if reply.verdict.kind is not Kind.GRANT_DEAD:
            return settling.fail(grant, claim, reply)
        evidence.append(_evidence(reply))
        reach("vault.refused")
    if not evidence or _an_exchange_is_unfinished():
        return BUSY
    return settling.die(grant, evidence)


def _stored(grant: Grant) -> list[str]:
    """Every stored token, whatever our clock says about Xero’s grace (A11)."""
    return [token for token in dict.fromkeys((grant.refresh_token, grant.previous_refresh_token)) if token]


def _ask(token: str, pulse: Pulse) -> TokenReply | None:
    """None when the lock may have been lost: then nothing is sent."""
    pulse.take()
    reach("vault.sending")
    if not pulse.is_fresh:
        return None
    reply = token_endpoint.refresh(token)
    reach("vault.answered")
    return reply


def _an_exchange_is_unfinished() -> bool:
    """Somebody is consenting at this moment, which may be why the stored tokens are refused."""
    since = database_now() - seconds(timing().exchange_lives)
    unfinished = Consent.objects.filter(exchange_started_at__gt=since, exchange_finished_at__isnull=True)
    return unfinished.exists()


def _evidence(reply: TokenReply) -> dict[str, Any]:
    return {
        "at": clock.now().isoformat(),
        "saw": "Xero refused a refresh token",
        "said": reply.verdict.said,
        "fact": reply.verdict.fact,
    }


def _doubt(claim: Claim) -> None:
    """Xero rotated and we could not store it. If this fails too, the open claim says the same."""
    connection.close()  # it may be broken, and says so only when used
    try:
        Grant.objects.filter(pk=claim.grant_id, state=Grant.State.ALIVE).update(in_doubt=True)
    except Error:
        connection.close()
        logger.exception("grant %s could not be put in doubt; its open claim will heal it", claim.grant_id)
