"""Consent: the way to Xero's page, the code that comes back, and who gave it (docs/xero.md A)."""

import base64
import threading
from dataclasses import dataclass

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from django.conf import settings

from integrations.installation import require_awake
from integrations.xero import alerts, published_keys, token_endpoint
from integrations.xero import id_token as id_tokens
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import Misconfigured, Refused, Throttled, Unavailable, XeroError
from integrations.xero.id_token import Identity
from integrations.xero.kinds import Kind, Verdict
from integrations.xero.seen import look_at
from integrations.xero.token_endpoint import TokenSet

__all__ = [
    "Identity",
    "TokenSet",
    "app_token",
    "authentication_event_id",
    "authorize_url",
    "exchange_code",
    "forget_app_token",
    "redirect_uri",
    "verify_id_token",
]

REFUSED_FOR = 600.0  # an app that may not list is asked again every ten minutes
MARGIN = 120.0


@dataclass(frozen=True, slots=True)
class _AppToken:
    client: tuple[str, str]
    token: str | None
    until: float


_lock = threading.Lock()
_app: dict[str, _AppToken] = {}


def redirect_uri() -> str:
    """Where Xero sends the browser back to; registered with Xero letter by letter (A2)."""
    return f"{settings.SITE_URL}/xero/callback/"


def authorize_url(*, state: str, nonce: str, code_challenge: str, redirect_uri: str) -> str:
    """Xero's consent page for this app. One organisation a time: a connection has exactly one (A1)."""
    address: str = prepare_grant_uri(
        f"{settings.XERO_LOGIN_URL}/identity/connect/authorize",
        settings.XERO_CLIENT_ID,
        "code",
        redirect_uri=redirect_uri,
        scope=settings.XERO_SCOPES,
        state=state,
        nonce=nonce,
        code_challenge=code_challenge,
        code_challenge_method="S256",
        acr_values="bulk_connect:false",
    )
    return address


def exchange_code(code: str, code_verifier: str, redirect_uri: str) -> TokenSet:
    """The tokens for a code. Raises Refused when the code is no good, Misconfigured, Unavailable.

    Unavailable means that the code may have been spent: the person starts again (A4).
    """
    require_awake()
    published_keys.make_ready()
    reply = token_endpoint.exchange(code, code_verifier, redirect_uri)
    if reply.tokens is None:
        raise token_error(reply.verdict)
    return reply.tokens


def verify_id_token(id_token: str, nonce: str) -> Identity:
    """Who consented. Raises IdentityUnproven."""
    return id_tokens.verify(id_token, nonce)


def authentication_event_id(access_token: str) -> str | None:
    """Which consent this token comes from, to find its organisation (B2). Read, not proven."""
    try:
        _, payload, _ = access_token.split(".")
        claims = look_at(200, {}, base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))).content
    except ValueError:
        return None
    found = claims.get("authentication_event_id") if isinstance(claims, dict) else None
    return found if isinstance(found, str) and found else None


def app_token() -> str | None:
    """The app's own token, kept while it lives; None when this app may not list connections (A16)."""
    require_awake()
    client = (settings.XERO_CLIENT_ID, settings.XERO_IDENTITY_URL)
    with _lock:
        kept = _app.get("app")
    if kept is not None and kept.client == client and elapsed_clock() < kept.until:
        return kept.token
    token, lasts = _ask_app_token()
    with _lock:
        _app["app"] = _AppToken(client, token, elapsed_clock() + lasts)
    return token


def forget_app_token() -> None:
    """Ask anew at the next call; after Xero did not accept it."""
    with _lock:
        _app.clear()


def token_error(verdict: Verdict) -> XeroError:
    """What to raise for a token endpoint's verdict that is not fine."""
    if verdict.kind is Kind.GRANT_DEAD:
        return Refused(400, ["invalid_grant"])
    if verdict.kind is Kind.MISCONFIGURED:
        alerts.tell_operator(verdict.said)
        return Misconfigured(f"Xero does not accept this app: {verdict.said}.")
    if verdict.kind is Kind.THROTTLED:
        return Throttled(verdict.limit, verdict.retry_after or 60.0)
    return Unavailable(f"Xero’s sign-in can’t be used: {verdict.said}.", retry_after=verdict.retry_after)


def _ask_app_token() -> tuple[str | None, float]:
    reply = token_endpoint.for_the_app()
    if reply.tokens is not None:
        return reply.tokens.access_token, max(1_800.0 - MARGIN, 1.0)
    if reply.verdict.kind is Kind.MISCONFIGURED and "invalid_client" not in reply.verdict.said:
        return None, REFUSED_FOR
    raise token_error(reply.verdict)
