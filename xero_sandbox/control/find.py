"""Finding what a control call names; what cannot be found is a 404 with words in it."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from xero_sandbox.accounting.model import Contact, Document
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.http import encode
from xero_sandbox.identity.model import Connection, User
from xero_sandbox.state import World


def missing(what: str) -> web.HTTPNotFound:
    return web.HTTPNotFound(body=encode({"error": what}), content_type="application/json")


def refused(what: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(body=encode({"error": what}), content_type="application/json")


async def given(request: web.Request) -> dict[str, Any]:
    """The body of a control call: a JSON object, or nothing."""
    raw = await request.read()
    try:
        found = json.loads(raw) if raw.strip() else {}
    except ValueError as broken:
        raise refused("The body is not JSON.") from broken
    if not isinstance(found, dict):
        raise refused("The body is not an object.")
    return found


def organisation_of(world: World, asked: dict[str, Any]) -> Organisation:
    name = str(asked.get("organisation", ""))
    found = world.organisation(name)
    if found is None:
        raise missing(f"No organisation is called {name!r}.")
    return found


def user_of(world: World, asked: dict[str, Any]) -> User:
    name = str(asked.get("user", ""))
    found = world.user(name)
    if found is None:
        raise missing(f"No Xero user is called {name!r}.")
    return found


def connections_of(world: World, asked: dict[str, Any]) -> list[Connection]:
    """By connection id, or all of an organisation, narrowed to one user if one is named."""
    if wanted := asked.get("connection_id"):
        rows = [row for row in world.connections.values() if row.connection_id == wanted]
    else:
        organisation = organisation_of(world, asked)
        rows = [
            row for row in world.connections.values() if row.organisation_id == organisation.organisation_id
        ]
    if asked.get("user"):
        user = user_of(world, asked)
        rows = [row for row in rows if row.user_id == user.user_id]
    rows = [row for row in rows if row.active]
    if not rows:
        raise missing("No such connection.")
    return rows


def document_of(world: World, asked: dict[str, Any]) -> tuple[Organisation, Document]:
    """By id in any organisation, or by number, reference or Url in the named one."""
    wanted = str(asked.get("document", "")).lower()
    named = asked.get("organisation")
    among = [organisation_of(world, asked)] if named else list(world.organisations.values())
    for organisation in among:
        if found := organisation.books.document(wanted):
            return organisation, found
    for organisation in among if named else []:
        for ledger in (organisation.books.invoices, organisation.books.credit_notes):
            for one in ledger:
                if wanted and wanted in (one.number.lower(), one.reference.lower(), (one.url or "").lower()):
                    return organisation, one
    raise missing(f"No document {wanted!r}.")


def contact_of(organisation: Organisation, asked: dict[str, Any]) -> Contact:
    wanted = str(asked.get("contact", "")).lower()
    for one in organisation.books.contacts:
        if wanted in (one.item_id, one.name.lower()):
            return one
    raise missing(f"No contact {wanted!r}.")
