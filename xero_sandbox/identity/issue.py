"""Making tokens: JWTs with the claims that Xero's carry, refresh tokens that are opaque."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from xero_sandbox.identity.model import AccessToken, Grant, RefreshToken
from xero_sandbox.state import World, new_hex

ACCESS_LIFE = 1800
ID_LIFE = 300


def token_answer(world: World, grant: Grant, issuer: str, refresh: RefreshToken | None) -> dict[str, Any]:
    access = access_token(world, grant, issuer)
    answer: dict[str, Any] = {}
    if "openid" in grant.scopes:
        answer["id_token"] = id_token(world, grant, issuer, access)
    answer |= {"access_token": access, "expires_in": ACCESS_LIFE, "token_type": "Bearer"}
    if refresh is not None:
        answer["refresh_token"] = refresh.token
    return answer | {"scope": " ".join(grant.scopes)}


def access_token(world: World, grant: Grant, issuer: str) -> str:
    user = world.users[grant.user_id]
    now = int(world.clock.now().timestamp())
    token = world.key.sign(
        {
            "nbf": now,
            "exp": now + ACCESS_LIFE,
            "iss": issuer,
            "aud": f"{issuer}/resources",
            "client_id": grant.client_id,
            "sub": user.sub,
            "auth_time": int(grant.auth_time.timestamp()),
            "idp": "local",
            "xero_userid": user.user_id,
            "global_session_id": grant.session_id,
            "jti": new_hex(),
            "authentication_event_id": grant.auth_event_id,
            "scope": list(grant.scopes),
            "amr": ["pwd", "mfa"],
        }
    )
    world.identity.access_tokens[token] = AccessToken(grant.scopes, _expiry(world), grant)
    return token


def app_token(world: World, issuer: str) -> str:
    now = int(world.clock.now().timestamp())
    claims = {"nbf": now, "exp": now + ACCESS_LIFE, "iss": issuer, "aud": f"{issuer}/resources"}
    scope = {"client_id": world.settings.client_id, "jti": new_hex(), "scope": ["app.connections"]}
    token = world.key.sign(claims | scope)
    world.identity.access_tokens[token] = AccessToken(("app.connections",), _expiry(world))
    return token


def id_token(world: World, grant: Grant, issuer: str, access: str) -> str:
    user = world.users[grant.user_id]
    now = int(world.clock.now().timestamp()) + int(world.switches["issuer_ahead_seconds"])
    half = hashlib.sha256(access.encode()).digest()[:16]
    claims: dict[str, Any] = {
        "nbf": now,
        "exp": now + ID_LIFE,
        "iss": issuer,
        "aud": grant.client_id,
        "iat": now,
        "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        "sid": grant.session_id,
        "sub": user.sub,
        "auth_time": int(grant.auth_time.timestamp()),
        "idp": "local",
        "xero_userid": user.user_id,
        "global_session_id": grant.session_id,
        "preferred_username": user.email,
        "amr": ["pwd", "mfa"],
    }
    if world.switches["id_token_has_event"]:
        claims["authentication_event_id"] = grant.auth_event_id
    if "email" in grant.scopes:
        claims["email"] = user.email
    if "profile" in grant.scopes:
        claims |= {"given_name": user.given_name, "family_name": user.family_name, "name": user.name}
    if grant.nonce and world.switches["id_token_has_nonce"]:
        claims["nonce"] = grant.nonce
    return world.key.sign(claims)


def refresh_token(world: World, grant: Grant) -> RefreshToken | None:
    if "offline_access" not in grant.scopes:
        return None
    made = RefreshToken(secrets.token_urlsafe(32), grant, world.clock.now())
    world.identity.refresh_tokens[made.token] = made
    return made


def _expiry(world: World) -> datetime:
    return world.clock.now() + timedelta(seconds=ACCESS_LIFE)
