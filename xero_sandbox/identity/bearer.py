"""Who is calling: the bearer token of a request, and the refusals when it will not do (docs/xero.md B)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from aiohttp import web

from xero_sandbox.http import json_body
from xero_sandbox.identity.model import AccessToken
from xero_sandbox.identity.scopes import covers
from xero_sandbox.state import World

SCOPE_HEADERS = {
    "bearer": "Bearer error=insufficient_scope",
    "bare": "insufficient_scope",
    "misspelt": "Bearer error=insufficent_scope",
}


@dataclass
class Refused(Exception):
    """A 401 or 403 in Xero's shape; `detail` is the only field that tells them apart."""

    status: int
    detail: str
    authenticate: str | None = None

    def response(self, body_case: str) -> web.Response:
        title = {401: "Unauthorized", 403: "Forbidden"}[self.status]
        instance = str(uuid.uuid4())
        body = (
            f'{{"Type":null,"Title":"{title}","Status":{self.status},"Detail":"{self.detail}",'
            f'"Instance":"{instance}","Extensions":{{}}}}'
        )
        if body_case == "lower" and self.status == 403:
            body = f'{{"title":"{title}","status":403,"detail":"{self.detail}","instance":"{instance}"}}'
        headers = {"Server": "Kestrel", "Xero-Correlation-Id": instance}
        if self.authenticate:
            headers["WWW-Authenticate"] = self.authenticate
        return json_body(body.encode(), self.status, headers)


def bearer(world: World, request: web.Request) -> AccessToken:
    """The token of the request; unknown, expired and revoked ones are refused."""
    header = request.headers.get("Authorization", "")
    found = world.identity.access_tokens.get(header[7:]) if header[:7].lower() == "bearer " else None
    if found is None or _revoked(world, found):
        raise Refused(401, "AuthenticationUnsuccessful", "Bearer error=invalid_token")
    if world.clock.now() >= found.expires:
        at = found.expires.strftime("%m/%d/%Y %H:%M:%S")
        raise Refused(401, f"TokenExpired: token expired at {at}", "Bearer error=invalid_token")
    return found


def require_scope(world: World, token: AccessToken, needed: str, *, reading: bool) -> None:
    if not covers(token.scopes, needed, reading=reading):
        header = SCOPE_HEADERS[world.switches["scope_failure_header"]]
        raise Refused(world.switches["scope_failure_status"], "AuthorizationUnsuccessful", header)


def _revoked(world: World, token: AccessToken) -> bool:
    survives = world.switches["access_token_survives_revocation"]
    return token.grant is not None and token.grant.revoked and not survives
