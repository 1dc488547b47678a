"""The discovery document and the signing keys (docs/xero.md A)."""

from __future__ import annotations

from aiohttp import web

from xero_sandbox.http import issuer_of, json_answer, world_of
from xero_sandbox.identity.scopes import GRANULAR


async def configuration(request: web.Request) -> web.Response:
    issuer = issuer_of(request)
    return json_answer(
        {
            "issuer": issuer,
            "jwks_uri": f"{issuer}/.well-known/openid-configuration/jwks",
            "authorization_endpoint": f"{issuer}/identity/connect/authorize",
            "token_endpoint": f"{issuer}/connect/token",
            "revocation_endpoint": f"{issuer}/connect/revocation",
            "scopes_supported": sorted(GRANULAR),
            "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["form_post", "query", "fragment"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "subject_types_supported": ["public"],
            "code_challenge_methods_supported": ["plain", "S256"],
        }
    )


async def jwks(request: web.Request) -> web.Response:
    return json_answer(world_of(request).key.jwks())
