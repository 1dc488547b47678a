"""The control API under /sandbox/api/: what the control room does, as JSON for tests (docs/sandbox.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.control import actions, chart, copying, crowd, hooks, money, weather
from xero_sandbox.control.dump import document_json, doubles, dump
from xero_sandbox.control.find import given, organisation_of, refused
from xero_sandbox.http import json_answer, world_of
from xero_sandbox.seed.start import SEEDS, seed_world
from xero_sandbox.state import World

Action = Callable[[World, dict[str, Any]], dict[str, Any]]


def reset(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    name = str(asked.get("seed", world.settings.seed))
    if name not in SEEDS:
        raise refused(f"seed is one of {sorted(SEEDS)}.")
    seed_world(world, name)
    return {"seed": name, "organisations": len(world.organisations)}


def clear_record(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    world.record.clear()
    world.identity.refreshes = 0
    return {"cleared": True}


ACTIONS: dict[str, Action] = {
    "clock": weather.clock,
    "outage": weather.outage,
    "switches": weather.switches,
    "switch": weather.switch_by_place,
    "limits": weather.limits,
    "faults": weather.faults,
    "idempotency": weather.idempotency,
    "webhooks": hooks.set_webhooks,
    "bulk": crowd.bulk,
    "burst": crowd.burst,
    "connections": crowd.connections,
    "user": crowd.make_user,
    "organisation": crowd.make_organisation,
    "reset": reset,
    "seed": reset,
    "record/clear": clear_record,
    "disconnect-app": actions.disconnect_app,
    "remove-user": actions.remove_user,
    "set-role": actions.set_role,
    "end-access": actions.end_access,
    "lock-dates": actions.set_lock_dates,
    "organisation-offline": actions.set_offline,
    "organisation-class": actions.set_class,
    "archive-account": actions.archive_account,
    "chart": chart.set_chart,
    "edit-contact": actions.edit_contact,
    "edit-document": actions.edit_document,
    "copy-document": copying.copy_document,
    "record-payment": money.record_payment,
    "delete-payment": money.delete_payment,
    "record-overpayment": money.record_overpayment,
    "allocate": money.allocate_credit,
    "remove-allocation": money.remove_allocation,
    "void-document": money.void_document,
}


async def act(request: web.Request) -> web.Response:
    action = ACTIONS.get(request.match_info["action"])
    if action is None:
        return json_answer({"error": "No such action.", "actions": sorted(ACTIONS)}, 404)
    try:
        return json_answer(action(world_of(request), await given(request)))
    except Invalid as refusal:
        return json_answer({"error": refusal.messages}, 400)
    except (ValueError, TypeError, KeyError, ArithmeticError) as wrong:
        return json_answer({"error": f"{type(wrong).__name__}: {wrong}"}, 400)


async def state(request: web.Request) -> web.Response:
    return json_answer(dump(world_of(request)))


async def documents(request: web.Request) -> web.Response:
    """Documents of an organisation, newest first; narrowed by `q` over number, reference and Url."""
    organisation = organisation_of(world_of(request), dict(request.query))
    wanted = request.query.get("q", "").lower()
    rows = [*organisation.books.invoices.by_id.values(), *organisation.books.credit_notes.by_id.values()]
    rows = [one for one in rows if wanted in f"{one.number} {one.reference} {one.url} {one.item_id}".lower()]
    if request.query.get("from_the_app"):
        rows = [one for one in rows if one.created_by]
    rows.sort(key=lambda one: one.updated_ms, reverse=True)
    limit = int(request.query.get("limit", "200"))
    return json_answer({"count": len(rows), "documents": [document_json(one) for one in rows[:limit]]})


async def record(request: web.Request) -> web.Response:
    world = world_of(request)
    last = int(request.query["last"]) if "last" in request.query else None
    found = world.record.as_json(request.query.get("path", ""), last)
    return json_answer(found | {"refreshes": world.identity.refreshes, "doubles": doubles(world)})


async def writes(request: web.Request) -> web.Response:
    """What apps have sent, word for word; the latest last."""
    part = request.query.get("path", "")
    rows = world_of(request).record.writes
    return json_answer({"writes": [asdict(one) for one in rows if part in one.path]})


async def webhooks(request: web.Request) -> web.Response:
    return json_answer(hooks.webhooks_json(world_of(request)))
