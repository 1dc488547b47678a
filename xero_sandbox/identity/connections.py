"""GET and DELETE /connections (docs/xero.md B): no organisation header, no rate headers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web

from xero_sandbox.http import json_answer, world_of
from xero_sandbox.identity.access import disconnect, listed
from xero_sandbox.identity.bearer import Refused, bearer
from xero_sandbox.identity.model import Connection
from xero_sandbox.state import World


async def show(request: web.Request) -> web.Response:
    world = world_of(request)
    token = bearer(world, request)
    event = request.query.get("authEventId")
    rows = [row for row in world.connections.values() if listed(world, row)]
    if token.grant is not None:
        rows = [row for row in rows if row.user_id == token.grant.user_id]
    if event:
        rows = [row for row in rows if row.auth_event_id == event]
    answer = json_answer([render(world, row) for row in rows])
    answer.enable_compression()
    return answer


async def remove(request: web.Request) -> web.Response:
    world = world_of(request)
    token = bearer(world, request)
    asked = request.match_info["id"].lower()
    if any(asked in (row.organisation_id, row.auth_event_id) for row in world.connections.values()):
        raise Refused(403, "AuthenticationUnsuccessful")
    row = world.connections.get(asked)
    mine = row is not None and (token.grant is None or token.grant.user_id == row.user_id)
    if row is None or not row.active or not mine:
        return web.Response(status=404)
    disconnect(world, row)
    return web.Response(status=204)


def render(world: World, row: Connection) -> dict[str, Any]:
    return {
        "id": row.connection_id,
        "authEventId": row.auth_event_id,
        "tenantId": row.organisation_id,
        "tenantType": "ORGANISATION",
        "tenantName": world.organisations[row.organisation_id].name,
        "createdDateUtc": _seven_digits(row.created),
        "updatedDateUtc": _seven_digits(row.updated),
    }


def _seven_digits(moment: datetime) -> str:
    """Xero prints ticks of a ten-millionth of a second and no zone."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0"
