"""The door of the accounting API: token, scope, organisation, limits, handler (docs/xero.md B, D)."""

from __future__ import annotations

import asyncio
import uuid
from email.utils import format_datetime

from aiohttp import web

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.envelope import Answer, not_found, restyle
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.accounting.router import Route, find_route
from xero_sandbox.accounting.run import run
from xero_sandbox.accounting.xml import to_xml
from xero_sandbox.http import issuer_of, world_of
from xero_sandbox.identity.access import may_use
from xero_sandbox.identity.bearer import Refused, bearer, require_scope
from xero_sandbox.identity.model import Grant
from xero_sandbox.limits import Verdict
from xero_sandbox.state import World

OFFLINE = "The Organisation is offline"


async def handle(request: web.Request) -> web.Response:
    world = world_of(request)
    route, arguments = find_route(request.method, request.match_info["path"])
    if route is None:
        return _with_headers(not_found(), str(uuid.uuid4()), None)
    grant, organisation = _admit(world, request, route)
    request["grant"] = grant
    verdict = _charge(world, organisation)
    if verdict.problem:
        return _too_many(world, verdict)
    if organisation.offline:
        return web.Response(status=503, text=OFFLINE, headers=verdict.headers())
    if world.limits.latency_ms:
        await asyncio.sleep(world.limits.latency_ms / 1000)
    call = _call(request, world, organisation, grant, await request.read())
    answer = run(call, route, arguments)
    request["outcome"] = f"answered {answer.status}"
    style = {
        "indented": world.switches["indented_json"],
        "escaped": world.switches["escaped_slashes"],
        "short": world.switches["shortest_numbers"],
    }
    is_json = bool(answer.body) and answer.content_type.startswith("application/json")
    if any(style.values()) and is_json:
        answer = Answer(answer.status, restyle(answer.body, **style), answer.content_type)
    if "json" not in request.headers.get("Accept", "") and is_json:
        answer = Answer(answer.status, to_xml(answer.body), "text/xml; charset=utf-8")
    return _dated(_with_headers(answer, call.correlation_id, verdict), world)


async def not_provisioned(request: web.Request) -> web.Response:
    """A product that the organisation does not have: 403 without a word (docs/xero.md B10)."""
    bearer(world_of(request), request)
    return web.Response(status=403)


def _admit(world: World, request: web.Request, route: Route) -> tuple[Grant, Organisation]:
    token = bearer(world, request)
    require_scope(world, token, route.scope, reading=request.method == "GET")
    organisation_id = request.headers.get("xero-tenant-id", "").lower()
    if token.grant is None or not may_use(world, token.grant.user_id, organisation_id):
        raise Refused(403, "AuthenticationUnsuccessful")
    return token.grant, world.organisations[organisation_id]


def _charge(world: World, organisation: Organisation) -> Verdict:
    organisation_id = organisation.organisation_id
    return world.limits.take(
        organisation_id,
        world.record.in_flight[organisation_id],
        world.clock.now().timestamp(),
        charge_refused=world.switches["refused_calls_consume"],
    )


def _too_many(world: World, verdict: Verdict) -> web.Response:
    """Recorded: an empty body without a Content-Type."""
    headers = verdict.headers()
    if verdict.problem == "appminute":
        headers["X-Rate-Limit-Problem"] = world.switches["appminute_spelling"]
    if world.switches["limit_body"] == "text":
        return web.Response(status=429, text="Too Many Requests", headers=headers)
    return web.Response(status=429, headers=headers)


def _call(request: web.Request, world: World, organisation: Organisation, grant: Grant, body: bytes) -> Call:
    return Call(
        world=world,
        organisation=organisation,
        grant=grant,
        method=request.method,
        path=request.match_info["path"],
        query=request.query,
        headers=request.headers,
        body=body,
        correlation_id=str(uuid.uuid4()),
        origin=issuer_of(request),
    )


def _dated(response: web.Response, world: World) -> web.Response:
    """By the sandbox's own clock, as it stamps its records."""
    response.headers["Date"] = format_datetime(world.clock.now(), usegmt=True)
    return response


def _with_headers(answer: Answer, correlation_id: str, verdict: Verdict | None) -> web.Response:
    headers = {"Content-Type": answer.content_type, "Xero-Correlation-Id": correlation_id, "Server": "nginx"}
    headers |= verdict.headers() if verdict else {}
    return web.Response(status=answer.status, body=answer.body, headers=headers)
