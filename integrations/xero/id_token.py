"""Who consented: the id token, checked against Xero's published keys (docs/xero.md A14, A15).

Time is the machine's own, not the shiftable calendar, because Xero's clock is not shifted with
ours. Under DEBUG either clock may have been moved for a trial, so the time is then not held
against a token; signature, issuer, audience and nonce always are.
"""

import hmac
import time
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc import jws, jwt
from joserfc.errors import JoseError

from integrations.xero import published_keys
from integrations.xero.errors import IdentityUnproven

SKEW = 60
ANY_TIME = 400 * 86_400


@dataclass(frozen=True, slots=True)
class Identity:
    """The Xero user who consented."""

    xero_user_id: uuid.UUID
    name: str
    email: str


def verify(id_token: str, nonce: str) -> Identity:
    """The identity that the token proves. Raises IdentityUnproven; Unavailable if keys can't be read."""
    try:
        claims = _proven(id_token)
    except (JoseError, ValueError, UnicodeError) as problem:
        raise IdentityUnproven from problem
    if not nonce or not _answers(claims, nonce):
        raise IdentityUnproven("The id token answers another consent.")
    return _identity(claims)


def _proven(id_token: str) -> dict[str, Any]:
    """The claims, if what is published today signed them. Remembered keys get a second reading first."""
    try:
        return _checked(id_token)
    except JoseError:
        if not published_keys.forget_older():
            raise
        return _checked(id_token)


def _checked(id_token: str) -> dict[str, Any]:
    key_id = str(jws.extract_compact(id_token.encode()).headers().get("kid", ""))
    token = jwt.decode(id_token, published_keys.keys(key_id), algorithms=["RS256"])
    _rules(published_keys.issuers()).validate(token.claims)
    return dict(token.claims)


def _answers(claims: dict[str, Any], nonce: str) -> bool:
    """Another nonce is another consent. None at all proves nothing (A14), but PKCE ties the code to us."""
    answered = claims.get("nonce")
    return answered is None or hmac.compare_digest(str(answered).encode(), nonce.encode())


def _rules(issuers: list[str]) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(time.time()),
        leeway=ANY_TIME if settings.DEBUG else SKEW,
        iss={"essential": True, "values": issuers},
        aud={"essential": True, "value": settings.XERO_CLIENT_ID},
        exp={"essential": True},
        iat={"essential": True},
    )


def _identity(claims: dict[str, Any]) -> Identity:
    try:
        user_id = uuid.UUID(str(claims.get("xero_userid", "")))
    except ValueError as problem:
        raise IdentityUnproven("The id token names no Xero user.") from problem
    name = claims.get("name") or f"{claims.get('given_name', '')} {claims.get('family_name', '')}"
    email = claims.get("email") or claims.get("preferred_username") or ""
    return Identity(user_id, str(name).strip()[:200], str(email)[:254])
