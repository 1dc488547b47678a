"""The state as JSON: what a test asks about, and what the control room shows."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.identity.connections import render
from xero_sandbox.state import World

LIMITS = (
    "rows",
    "page_rows",
    "enabled",
    "minute",
    "day",
    "concurrent",
    "app_minute",
    "connections",
    "uncertified",
    "latency_ms",
)


def dump(world: World) -> dict[str, Any]:
    return {
        "now": world.clock.now().isoformat(),
        "shift_seconds": world.clock.shift_seconds,
        "cpu_seconds": time.process_time(),
        "users": [user_json(world, user_id) for user_id in world.users],
        "organisations": [organisation_json(world, one) for one in world.organisations.values()],
        "connections": [
            render(world, row)
            | {"active": row.active, "userId": row.user_id, "user": world.users[row.user_id].name}
            for row in world.connections.values()
        ],
        "switches": dict(world.switches.values),
        "faults": world.faults.as_json(),
        "limits": limits_json(world),
        "outage": world.outage.over("/api.xro/", world.clock.now().timestamp()),
        "webhooks": {"url": world.webhooks.url, "status": world.webhooks.status,
                     "waiting": len(world.webhooks.waiting), "sent": len(world.webhooks.attempts)},
        "refreshes": world.identity.refreshes,
        "live_refresh_tokens": sum(not one.grant.revoked for one in world.identity.refresh_tokens.values()),
    }  # fmt: skip


def user_json(world: World, user_id: str) -> dict[str, Any]:
    user = world.users[user_id]
    roles = {
        world.organisations[org].name: role for (who, org), role in world.roles.items() if who == user_id
    }
    return {"user_id": user_id, "name": user.name, "email": user.email, "roles": roles}


def organisation_json(world: World, one: Organisation) -> dict[str, Any]:
    locks = (("period_lock_date", one.period_lock_date), ("year_lock_date", one.year_lock_date))
    return {
        "organisation_id": one.organisation_id,
        "name": one.name,
        "class": one.organisation_class,
        "access_ended": one.access_ended,
        "offline": one.offline,
        "contacts": len(one.books.contacts),
        "invoices": len(one.books.invoices),
        "credit_notes": len(one.books.credit_notes),
        "from_the_app": sum(
            document.created_by is not None for ledger in (one.books.invoices, one.books.credit_notes)
            for document in ledger.by_id.values()
        ),
    } | {name: value.isoformat() if value else None for name, value in locks}  # fmt: skip


def document_json(one: Document) -> dict[str, Any]:
    return {
        "id": one.item_id,
        "kind": one.kind,
        "type": one.type,
        "number": one.number,
        "reference": one.reference,
        "status": one.status,
        "contact_id": one.contact_id,
        "date": one.date.isoformat(),
        "due_date": one.due_date.isoformat() if one.due_date else None,
        "total": one.total,
        "total_tax": one.total_tax,
        "amount_due": one.amount_due,
        "amount_paid": one.amount_paid,
        "amount_credited": one.amount_credited,
        "url": one.url,
        "created_by_app": one.created_by is not None,
        "has_attachments": one.has_attachments,
        "updated_ms": one.updated_ms,
        "lines": [
            {"description": line.description, "account_code": line.account_code, "tax_type": line.tax_type,
             "line_amount": line.line_amount, "tax_amount": line.tax_amount}
            for line in one.lines
        ],
    }  # fmt: skip


def limits_json(world: World) -> dict[str, Any]:
    return {name: getattr(world.limits, name) for name in LIMITS}


def doubles(world: World) -> list[dict[str, Any]]:
    """Documents that share a Url of the app: each is one thing created twice."""
    found: list[dict[str, Any]] = []
    for organisation in world.organisations.values():
        books = organisation.books
        rows = [
            one for ledger in (books.invoices, books.credit_notes) for one in ledger.by_id.values() if one.url
        ]
        counts = Counter(one.url for one in rows)
        for url, count in counts.items():
            if count > 1:
                ids = [one.item_id for one in rows if one.url == url]
                found.append({"organisation": organisation.name, "url": url, "count": count, "ids": ids})
    return found
