"""The control room for people: what a Xero user could do in Xero, and what only the weather can."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.control.dump import doubles, dump
from xero_sandbox.control.find import document_of, organisation_of
from xero_sandbox.http import world_of
from xero_sandbox.pages import page
from xero_sandbox.state import World
from xero_sandbox.switches import CHOICES

SHOWN = 50


async def overview(request: web.Request) -> web.Response:
    world = world_of(request)
    latest = list(world.record.entries)[-15:]
    context = {"state": dump(world), "latest": latest[::-1], "doubles": doubles(world), "choices": CHOICES}
    return page("room.html", context | _said(request))


async def one_organisation(request: web.Request) -> web.Response:
    world = world_of(request)
    organisation = organisation_of(world, {"organisation": request.match_info["id"]})
    wanted = request.query.get("q", "").strip()
    found = _search(organisation, wanted)
    start = max(int(request.query.get("from", "0")), 0)
    context: dict[str, Any] = {
        "organisation": organisation,
        "users": _people(world, organisation),
        "connections": [
            row
            for row in dump(world)["connections"]
            if row["tenantId"] == organisation.organisation_id and row["active"]
        ],
        "documents": [(one, _contact(organisation, one)) for one in found[start : start + SHOWN]],
        "found": len(found),
        "q": wanted,
        "start": start,
        "shown": SHOWN,
        "contacts": sorted(organisation.books.contacts, key=lambda one: one.name.lower())[:200],
    }
    return page("organisation.html", context | _said(request))


async def one_document(request: web.Request) -> web.Response:
    world = world_of(request)
    organisation, document = document_of(world, {"document": request.match_info["id"]})
    contact = _contact(organisation, document)
    context = {"organisation": organisation, "document": document, "contact": contact}
    return page("document.html", context | _said(request))


def _said(request: web.Request) -> dict[str, Any]:
    return {"said": request.query.get("said", ""), "here": request.path}


def _people(world: World, organisation: Organisation) -> list[tuple[Any, str | None]]:
    roles = world.roles
    return [(user, roles.get((user.user_id, organisation.organisation_id))) for user in world.users.values()]


def _contact(organisation: Organisation, document: Document) -> str:
    return organisation.books.contacts.by_id[document.contact_id].name


def _search(organisation: Organisation, wanted: str) -> list[Document]:
    """Newest first, by number, reference or contact."""
    books = organisation.books
    rows = [*books.invoices.by_id.values(), *books.credit_notes.by_id.values()]
    if wanted:
        rows = [
            one
            for one in rows
            if wanted.lower() in f"{one.number} {one.reference} {_contact(organisation, one)}".lower()
        ]
    return sorted(rows, key=lambda one: one.updated_ms, reverse=True)
