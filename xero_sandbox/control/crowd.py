"""Many things at once: thousands of documents or connections seeded, or changed within one second."""

from __future__ import annotations

import time
from typing import Any

from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.clock import to_ms
from xero_sandbox.control.find import organisation_of, user_of
from xero_sandbox.identity.model import Connection
from xero_sandbox.seed.bulk import SIZES, add_bulk, prerender
from xero_sandbox.seed.demo import add_organisation, add_user
from xero_sandbox.state import World, new_id

Answer = dict[str, Any]


def bulk(world: World, asked: Answer) -> Answer:
    """Add `invoices` documents over `days`, each of `lines`; `prerender` for benches."""
    organisation, began = organisation_of(world, asked), time.perf_counter()
    lines, days = int(asked.get("lines", SIZES["lines"])), int(asked.get("days", SIZES["days"]))
    add_bulk(world, organisation, int(asked.get("invoices", 1000)), lines=lines, days=days)
    if asked.get("prerender"):
        prerender(organisation)
    return {"invoices": len(organisation.books.invoices), "seconds": round(time.perf_counter() - began, 2)}


def burst(world: World, asked: Answer) -> Answer:
    """Change `count` invoices within the one second that is now, as an import in Xero does."""
    organisation = organisation_of(world, asked)
    ledger, count = organisation.books.invoices, int(asked.get("count", 1000))
    second = to_ms(world.clock.now()) // 1000 * 1000
    suffix = str(asked.get("reference", "burst"))
    for place, document in enumerate(ledger.slice(0, count)):
        document.reference = suffix
        ledger.put(document, second + place % 1000)
    return {"changed": min(count, len(ledger)), "second": second}


def make_user(world: World, asked: Answer) -> Answer:
    """A new Xero user, with the role given on each of `organisations`."""
    user = add_user(world, str(asked["name"]), str(asked["email"]))
    for name in asked.get("organisations", []):
        organisation = organisation_of(world, {"organisation": name})
        world.roles[(user.user_id, organisation.organisation_id)] = str(asked.get("role", "STANDARD"))
    return {"user_id": user.user_id}


def make_organisation(world: World, asked: Answer) -> Answer:
    """A new organisation with the UK chart; `users` get the standard role; other fields as in the state."""
    organisation = add_organisation(world, str(asked["name"]))
    organisation.organisation_class = str(asked.get("class", "GROW"))
    organisation.currency = str(asked.get("currency", "GBP"))
    organisation.currencies = tuple(asked.get("currencies", [organisation.currency]))
    organisation.other_uncertified_apps = int(asked.get("other_uncertified_apps", 0))
    for name in asked.get("users", []):
        user = world.user(str(name))
        if user is not None:
            world.roles[(user.user_id, organisation.organisation_id)] = "STANDARD"
    return {"organisation_id": organisation.organisation_id}


def connections(world: World, asked: Answer) -> Answer:
    """Connect `count` more organisations for `user`, with empty books: what the list of a large app holds."""
    user, now = user_of(world, asked), world.clock.now()
    for number in range(int(asked.get("count", 100))):
        organisation = Organisation(new_id(), f"Company {number + 1} Ltd")
        world.organisations[organisation.organisation_id] = organisation
        world.roles[(user.user_id, organisation.organisation_id)] = "STANDARD"
        row = Connection(new_id(), user.user_id, organisation.organisation_id, new_id(), now, now)
        world.connections[row.connection_id] = row
    return {"connections": len(world.connections)}
