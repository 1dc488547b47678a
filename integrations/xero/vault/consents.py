"""A consent's tokens: flagged before the code is exchanged, saved on the Xero user's grant afterwards.

Every consent is saved, also one that is then refused for another reason: it may have ended the
tokens before it (docs/protocols.md, Vault 4 to 6).
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from integrations.models import Consent, Grant
from integrations.xero.id_token import Identity
from integrations.xero.steps import reach
from integrations.xero.token_endpoint import TokenSet
from integrations.xero.vault import settling
from integrations.xero.vault.rows import locking
from integrations.xero.vault.timing import timing
from released.clock.database import ClockTimestamp

WHO = ["xero_user_name", "xero_user_email"]


def begin_exchange(consent_id: int) -> None:
    """Commit, before the code is exchanged, that it is going to be: no grant dies meanwhile."""
    with transaction.atomic(durable=True):
        Consent.objects.filter(pk=consent_id).update(exchange_started_at=ClockTimestamp())
    reach("vault.flagged")


def abandon_exchange(consent_id: int) -> None:
    """The exchange has certainly given no tokens."""
    Consent.objects.filter(pk=consent_id).update(exchange_finished_at=ClockTimestamp())


def save_consent(consent_id: int, tokens: TokenSet, identity: Identity) -> Grant:
    """Store the exchanged tokens, end the exchange, revive the grant; one transaction."""
    reach("vault.exchanged")
    with locking(timing().wait_to_save_consent):
        consent = Consent.objects.select_for_update(no_key=True).get(pk=consent_id)
        grant = _lock_or_make(identity)
        if _is_older(consent, grant):
            grant.previous_refresh_token = tokens.refresh_token
            grant.save(update_fields=["previous_refresh_token"])
        else:
            _replace(grant, tokens, identity)
        consent.grant = grant
        consent.exchange_finished_at = ClockTimestamp()
        consent.save(update_fields=["grant", "exchange_finished_at"])
    reach("vault.consented")
    return Grant.objects.get(pk=grant.pk)


def _lock_or_make(identity: Identity) -> Grant:
    found = _lock(identity.xero_user_id)
    if found is None:
        try:
            with transaction.atomic():
                Grant.objects.create(xero_user_id=identity.xero_user_id)
        except IntegrityError:
            pass  # the same person consented twice at once, and the other one was first
        found = _lock(identity.xero_user_id)
    if found is None:
        raise RuntimeError("a grant vanished between its making and its locking")
    return found


def _lock(xero_user_id: UUID) -> Grant | None:
    return Grant.objects.select_for_update(no_key=True).filter(xero_user_id=xero_user_id).first()


def _is_older(consent: Consent, grant: Grant) -> bool:
    """A consent begun later has already been saved, and is the one that Xero holds to."""
    started = consent.exchange_started_at
    later = Consent.objects.filter(
        grant=grant, exchange_started_at__gt=started, exchange_finished_at__isnull=False
    )
    return grant.state == Grant.State.ALIVE and started is not None and later.exists()


def _replace(grant: Grant, tokens: TokenSet, identity: Identity) -> None:
    """A save of new tokens: it clears claim and doubt, and the worker that had claimed finds out."""
    if grant.refresh_token != tokens.refresh_token:
        grant.previous_refresh_token = grant.refresh_token
    settling.put(grant, tokens)
    grant.state, grant.died_at = Grant.State.ALIVE, None
    grant.claim, grant.first_claimed_at, grant.in_doubt, grant.last_sent_at = None, None, False, None
    grant.failures, grant.cool_until = 0, None
    grant.xero_user_name = identity.name or grant.xero_user_name
    grant.xero_user_email = identity.email or grant.xero_user_email
    grant.save(update_fields=[*settling.TOKENS, *settling.CLAIM, *settling.HEALTH, *WHO, "state", "died_at"])
