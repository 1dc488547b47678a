"""POST /connect/token and /connect/revocation: exact bodies, rotation, grace, PKCE (docs/xero.md A)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus

from aiohttp import web

from xero_sandbox.http import issuer_of, world_of
from xero_sandbox.identity.access import revoke
from xero_sandbox.identity.errors import OAuthError
from xero_sandbox.identity.issue import ACCESS_LIFE, app_token, refresh_token, token_answer
from xero_sandbox.identity.model import RefreshToken
from xero_sandbox.state import World

GRACE = timedelta(minutes=30)
IDLE_LIFE = timedelta(days=60)
HEADERS = {"Xero-Origin-Id": "IdentityServer.Web", "Cache-Control": "no-store, no-cache, max-age=0"}


async def token(request: web.Request) -> web.Response:
    form = await _form(request)
    world = world_of(request)
    try:
        _authenticate(world, request, form)
        answer = _grant(world, form, issuer_of(request))
    except OAuthError as refusal:
        return _refused(world, refusal)
    return _compact(json.dumps(answer, separators=(",", ":")), 200)


async def revocation(request: web.Request) -> web.Response:
    form = await _form(request)
    world = world_of(request)
    try:
        _authenticate(world, request, form)
    except OAuthError as refusal:
        return _refused(world, refusal)
    if not form.get("token"):
        return _compact('{"error":"invalid_request"}', 400)
    found = world.identity.refresh_tokens.get(form["token"])
    if found and not found.grant.revoked:
        revoke(world, found.grant)
    return web.Response(status=200, headers=HEADERS)


def _grant(world: World, form: Mapping[str, str], issuer: str) -> dict[str, Any]:
    kind = form.get("grant_type")
    if kind == "authorization_code":
        return _by_code(world, form, issuer)
    if kind == "refresh_token":
        return _by_refresh(world, form, issuer)
    if kind == "client_credentials":
        return _by_app(world, form, issuer)
    raise OAuthError("unsupported_grant_type" if kind else "invalid_request")


def _by_code(world: World, form: Mapping[str, str], issuer: str) -> dict[str, Any]:
    code = world.identity.codes.pop(form.get("code", ""), None)
    if code is None or world.clock.now() >= code.expires or code.redirect_uri != form.get("redirect_uri"):
        raise OAuthError("invalid_grant")
    if code.challenge and _challenge(form.get("code_verifier", "")) != code.challenge:
        raise OAuthError("invalid_grant")
    if world.switches["consent_ends_earlier_grants"]:
        for grant in world.identity.grants:
            grant.revoked = grant.revoked or grant.user_id == code.grant.user_id
    world.identity.grants.append(code.grant)
    return token_answer(world, code.grant, issuer, refresh_token(world, code.grant))


def _by_refresh(world: World, form: Mapping[str, str], issuer: str) -> dict[str, Any]:
    found = world.identity.refresh_tokens.get(form.get("refresh_token", ""))
    if found is None or not _alive(world, found):
        raise OAuthError("invalid_grant")
    now = world.clock.now()
    world.identity.refreshes += 1
    repeat = found.rotated is not None and world.switches["grace_repeats_successor"]
    successor = found.successor if repeat else refresh_token(world, found.grant)
    if found.successor and not repeat and world.switches["grace_repeat_ends_first"]:
        found.successor.ended = True
    found.rotated = found.rotated or now
    found.successor = successor
    return token_answer(world, found.grant, issuer, successor)


def _alive(world: World, found: RefreshToken) -> bool:
    now = world.clock.now()
    if found.grant.revoked or found.ended or now >= found.last_used + IDLE_LIFE:
        return False
    return found.rotated is None or now < found.rotated + GRACE


def _by_app(world: World, form: Mapping[str, str], issuer: str) -> dict[str, Any]:
    if set(form.get("scope", "").split()) != {"app.connections"}:
        raise OAuthError("invalid_scope")
    if world.switches["app_token"] != "granted":
        raise OAuthError(world.switches["app_token"])
    token = app_token(world, issuer)
    scope = {"token_type": "Bearer", "scope": "app.connections"}
    return {"access_token": token, "expires_in": ACCESS_LIFE} | scope


def _authenticate(world: World, request: web.Request, form: Mapping[str, str]) -> None:
    given = (form.get("client_id", ""), form.get("client_secret", ""))
    header = request.headers.get("Authorization", "")
    if header[:6].lower() == "basic ":
        try:
            name, _, secret = base64.b64decode(header[6:], validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as broken:
            raise OAuthError("invalid_client") from broken
        given = (unquote_plus(name), unquote_plus(secret))
    if given != (world.settings.client_id, world.settings.client_secret):
        raise OAuthError("invalid_client")


def _challenge(verifier: str) -> str:
    if not 43 <= len(verifier) <= 128:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


async def _form(request: web.Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.post()).items()}


def _refused(world: World, refusal: OAuthError) -> web.Response:
    status = world.switches["invalid_client_status"] if refusal.code == "invalid_client" else 400
    return _compact(f'{{"error":"{refusal.code}"}}', status)


def _compact(body: str, status: int) -> web.Response:
    """The SDK compares this body as text, so not a space may be added."""
    return web.Response(
        text=body, status=status, content_type="application/json", charset="UTF-8", headers=HEADERS
    )
