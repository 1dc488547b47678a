"""Every address of the sandbox. Xero spreads them over three hosts; here one origin serves all."""

from __future__ import annotations

from aiohttp import web

from xero_sandbox.accounting import gate
from xero_sandbox.control import api, forms, room
from xero_sandbox.http import WORLD
from xero_sandbox.identity import authorize, connections, discovery, token_endpoint
from xero_sandbox.identity.error_page import error_page
from xero_sandbox.middleware import faulty, recorded, refusing
from xero_sandbox.pages import stylesheet
from xero_sandbox.state import World
from xero_sandbox.webhook_sender import run_sender

LARGEST_BODY = 10 * 1024 * 1024


def make_app(world: World) -> web.Application:
    app = web.Application(middlewares=[recorded, faulty, refusing], client_max_size=LARGEST_BODY)
    app[WORLD] = world
    app.cleanup_ctx.append(run_sender)
    _identity_routes(app.router)
    _control_routes(app.router)
    app.router.add_route("*", "/api.xro/2.0/{path:.*}", gate.handle)
    app.router.add_route("*", "/payroll.xro/{path:.*}", gate.not_provisioned)
    return app


def _identity_routes(router: web.UrlDispatcher) -> None:
    router.add_get("/identity/connect/authorize", authorize.show)
    router.add_post("/identity/connect/authorize", authorize.decide)
    router.add_get("/identity/error", error_page)
    router.add_post("/connect/token", token_endpoint.token)
    router.add_post("/connect/revocation", token_endpoint.revocation)
    router.add_get("/.well-known/openid-configuration", discovery.configuration)
    router.add_get("/.well-known/openid-configuration/jwks", discovery.jwks)
    for path in ("/connections", "/Connections"):
        router.add_get(path, connections.show)
        router.add_delete(f"{path}/{{id}}", connections.remove)


def _control_routes(router: web.UrlDispatcher) -> None:
    router.add_get("/sandbox/style/{name:[a-z]+}.css", stylesheet)
    router.add_get("/sandbox", room.overview)
    router.add_get("/sandbox/", room.overview)
    router.add_get("/sandbox/organisations/{id}", room.one_organisation)
    router.add_get("/sandbox/documents/{id}", room.one_document)
    router.add_post("/sandbox/do/{action:.+}", forms.press)
    router.add_get("/sandbox/api/state", api.state)
    router.add_get("/sandbox/api/documents", api.documents)
    router.add_get("/sandbox/api/record", api.record)
    router.add_get("/sandbox/api/writes", api.writes)
    router.add_get("/sandbox/api/webhooks", api.webhooks)
    router.add_post("/sandbox/api/{action:.+}", api.act)
