"""To Xero's page and back: one consent, bound to session, person, company and purpose.

The state in the address is the only thing that comes back from Xero, so it must prove by itself
that this browser, this person and this company started it: it is kept as a hash, together with a
hash of the session's own secret, is used once and expires. PKCE and nonce are kept encrypted.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F

from integrations.errors import ConsentExpired, ConsentUnknown, ConsentUsed
from integrations.models import Consent
from integrations.xero import oauth
from released.accounts.models import User
from released.clock.database import ClockTimestamp, database_now
from released.portfolio.models import Company

LIFETIME = timedelta(minutes=30)
SESSION_KEY = "consent_secret"


def session_secret(session: SessionBase) -> str:
    """This session's own secret, made at the first need. It never leaves the session."""
    if SESSION_KEY not in session:
        session[SESSION_KEY] = secrets.token_urlsafe(32)
    secret: str = session[SESSION_KEY]
    return secret


def start_consent(company: Company, *, purpose: Consent.Purpose, by: User, secret: str) -> str:
    """Remember a new attempt and return the address at Xero that the person is sent to."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    Consent.objects.create(
        state_hash=digest(state),
        session_hash=digest(secret),
        user=by,
        company=company,
        purpose=purpose,
        nonce=nonce,
        code_verifier=verifier,
        created_at=database_now(),
    )
    return oauth.authorize_url(
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        redirect_uri=oauth.redirect_uri(),
    )


def use_consent(state: str, *, by: User, secret: str) -> Consent:
    """The attempt that this state belongs to, used from now on.

    Raises ConsentUnknown for another session's or person's too, ConsentUsed (with the consent) and
    ConsentExpired (with the consent).
    """
    consent = (
        Consent.objects.filter(state_hash=digest(state)).select_related("company__account", "user").first()
    )
    if consent is None or consent.user_id != by.pk or consent.session_hash != digest(secret):
        raise ConsentUnknown
    fresh = Consent.objects.filter(pk=consent.pk, consumed_at__isnull=True)
    if not fresh.update(consumed_at=ClockTimestamp()):
        raise ConsentUsed(consent=consent)
    if database_now() - consent.created_at > LIFETIME:
        settle(consent, Consent.Outcome.EXPIRED)
        raise ConsentExpired(consent=consent)
    return consent


def latest_consent(company: Company, *, by: User, secret: str) -> Consent | None:
    """The last attempt of this person in this session for the company; pages after Xero are made from it."""
    mine = Consent.objects.filter(company=company, user=by, session_hash=digest(secret))
    return mine.select_related("company", "grant").order_by("-created_at", "-pk").first()


def unanswered_consent(*, by: User, secret: str) -> Consent | None:
    """The last attempt not yet used: for a denial that comes back without its state (docs/xero.md A)."""
    mine = Consent.objects.filter(user=by, session_hash=digest(secret), consumed_at__isnull=True)
    return mine.select_related("company").order_by("-created_at", "-pk").first()


def settle(consent: Consent, outcome: Consent.Outcome, *, detail: str = "") -> Consent:
    """Write down how the attempt ended, and what was offered; its secrets are of no more use."""
    consent.outcome, consent.detail = outcome, detail[:200]
    consent.nonce = consent.code_verifier = ""
    consent.consumed_at = consent.consumed_at or database_now()
    consent.save(
        update_fields=["outcome", "detail", "offered", "grant", "consumed_at", "nonce", "code_verifier"]
    )
    return consent


def is_under_way(company: Company) -> bool:
    """Whether somebody may be at Xero's page for this company at this moment."""
    recent = Consent.objects.filter(company=company, outcome=Consent.Outcome.UNDER_WAY)
    return recent.annotate(age=ClockTimestamp() - F("created_at")).filter(age__lt=LIFETIME / 2).exists()


def digest(text: str) -> str:
    """SHA-256, hex: enough for secrets that are long and random."""
    return sha256(text.encode()).hexdigest()
