"""GET and POST /identity/connect/authorize: checks, the consent page, and the way back (docs/xero.md A).

The form posts to the same address and query it was shown at, so a test needs no page: it posts `user`,
`organisation` and `decision` to the address that the app sent the browser to.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from xero_sandbox.http import world_of
from xero_sandbox.identity.access import connect, may_connect
from xero_sandbox.identity.connection_limits import limit_problem
from xero_sandbox.identity.errors import AuthorizeError
from xero_sandbox.identity.model import Code, Grant, User
from xero_sandbox.identity.scopes import allowed
from xero_sandbox.pages import page
from xero_sandbox.state import World, new_hex, new_id

CODE_LIFE = timedelta(minutes=5)
DENIED = {"error": "access_denied", "error_description": "TenantConsent status DENIED"}


@dataclass(frozen=True)
class Asked:
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    challenge: str | None
    nonce: str | None
    bulk: bool


async def show(request: web.Request) -> web.Response:
    world = world_of(request)
    asked = _checked(world, request.query)
    user = world.user(request.query.get("user", ""))
    choices = [
        {"organisation": one, "connected": _connected(world, user, one.organisation_id)}
        for one in world.organisations.values()
        if user and may_connect(world, user.user_id, one)
    ]
    query = [(name, value) for name, value in request.query.items() if name != "user"]
    context = {
        "asked": asked,
        "users": list(world.users.values()),
        "user": user,
        "choices": choices,
        "query": query,
    }
    return page("consent.html", context | {"app_name": world.settings.app_name, "post_to": request.path_qs})


async def decide(request: web.Request) -> web.Response:
    world = world_of(request)
    asked = _checked(world, request.query)
    form = await request.post()
    if form.get("decision") != "allow":
        return _back(asked, DENIED, with_state=world.switches["cancel_returns_state"])
    user = world.user(str(form.get("user") or request.query.get("user", "")))
    chosen = [world.organisation(str(name)) for name in form.getall("organisation", [])]
    ids = [one.organisation_id for one in chosen if one and user and may_connect(world, user.user_id, one)]
    if user is None or not ids or len(ids) != len(chosen):
        raise web.HTTPBadRequest(text="Choose a Xero user and an organisation of theirs.")
    ids = ids if asked.bulk else ids[:1]
    if problem := limit_problem(world, user.user_id, ids):
        return page("limit.html", {"problem": problem, "app_name": world.settings.app_name}, status=403)
    return _back(asked, {"code": _consent(world, asked, user, ids)})


def _consent(world: World, asked: Asked, user: User, organisation_ids: list[str]) -> str:
    """Scopes only ever add up: what the user allowed before comes with the new consent."""
    before = world.identity.scopes.get(user.user_id, ())
    scopes = tuple(dict.fromkeys((*asked.scopes, *before)))
    world.identity.scopes[user.user_id] = scopes
    now = world.clock.now()
    grant = Grant(user.user_id, asked.client_id, scopes, new_id(), new_hex(), now, asked.nonce)
    for organisation_id in organisation_ids:
        connect(world, grant, organisation_id)
    code = secrets.token_urlsafe(32)
    world.identity.codes[code] = Code(grant, asked.redirect_uri, asked.challenge, now + CODE_LIFE)
    return code


def _checked(world: World, query: Mapping[str, str]) -> Asked:
    if query.get("client_id") != world.settings.client_id or query.get("response_type") != "code":
        raise AuthorizeError("unauthorized_client : Unknown client or client not enabled")
    redirect_uri = query.get("redirect_uri", "")
    if not _redirect_allowed(world, redirect_uri):
        raise AuthorizeError("unauthorized_client : Invalid redirect_uri")
    scopes = tuple(query.get("scope", "").split())
    if not scopes or set(scopes) - allowed(world.switches["app_scopes"]):
        raise AuthorizeError("unauthorized_client : Invalid scope for client")
    challenge = query.get("code_challenge")
    if challenge and query.get("code_challenge_method") != "S256":
        raise AuthorizeError("invalid_request : Transform algorithm not supported")
    bulk = query.get("acr_values") != "bulk_connect:false" and world.limits.connections >= 10_000
    return Asked(
        query["client_id"], redirect_uri, scopes, query.get("state"), challenge, query.get("nonce"), bulk
    )


def _redirect_allowed(world: World, uri: str) -> bool:
    if world.switches["redirect_uri_check"] == "exact":
        return uri in world.settings.redirect_uris
    parts = urlsplit(uri)
    loopback = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "testserver")
    return loopback or (parts.scheme == "https" and bool(parts.hostname))


def _back(asked: Asked, answer: dict[str, str], *, with_state: bool = True) -> web.Response:
    state = {"state": asked.state} if with_state and asked.state else {}
    joint = "&" if urlsplit(asked.redirect_uri).query else "?"
    address = f"{asked.redirect_uri}{joint}{urlencode(answer | state)}"
    return web.Response(status=302, headers={"Location": address})


def _connected(world: World, user: User | None, organisation_id: str) -> bool:
    rows = world.connections.values()
    return any(
        row.active and user and (row.user_id, row.organisation_id) == (user.user_id, organisation_id)
        for row in rows
    )
