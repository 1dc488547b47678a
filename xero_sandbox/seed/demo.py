"""The cast of the demo: Xero users of two firms, their organisations, and one set of books with a history."""

from __future__ import annotations

import uuid
from datetime import timedelta

from xero_sandbox.accounting.model import TrackingCategory, TrackingOption
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.clock import to_ms
from xero_sandbox.identity.model import User
from xero_sandbox.seed.chart import uk_accounts, uk_tax_rates
from xero_sandbox.seed.history import add_history
from xero_sandbox.state import World, new_id

_SPACE = uuid.UUID("6f2d9bb0-4a35-4f0e-9b7a-2f2c2a5d7e10")
PEOPLE = (
    ("Daniel Okafor", "daniel@northgate.example"),
    ("Priya Shah", "priya@northgate.example"),
    ("Marcus Webb", "marcus@webbandco.example"),
)
ORGANISATIONS = (
    "Harbour View Ltd",
    "Harbour View Holdings Ltd",
    "Castlegate Estates Ltd",
    "Mill Lane Properties Ltd",
    "Orchard Row Ltd",
    "Tannery Court Ltd",
    "Beacon Street Residential Ltd",
    "Quayside Lettings Ltd",
    "Demo Company (UK)",
)
NOT_MARCUS = ORGANISATIONS[:6]


def stable_id(name: str) -> str:
    """The same id in every run, so that a demo database survives a restart of the sandbox."""
    return str(uuid.uuid5(_SPACE, name))


def seed_demo(world: World) -> None:
    for name, email in PEOPLE:
        add_user(world, name, email)
    for name in ORGANISATIONS:
        add_organisation(world, name)
    _particulars(world)
    daniel, priya, marcus = (world.users[stable_id(email)] for _, email in PEOPLE)
    for organisation in world.organisations.values():
        for user in (daniel, priya):
            world.roles[(user.user_id, organisation.organisation_id)] = "STANDARD"
        if organisation.name not in NOT_MARCUS:
            world.roles[(marcus.user_id, organisation.organisation_id)] = "ADVISER"
    world.roles[(daniel.user_id, stable_id("Harbour View Ltd"))] = "STANDARD"
    add_history(world, world.organisations[stable_id("Harbour View Ltd")])


def add_user(world: World, name: str, email: str) -> User:
    user = User(stable_id(email), name, email, uuid.uuid5(_SPACE, f"sub {email}").hex)
    world.users[user.user_id] = user
    return user


def add_organisation(world: World, name: str) -> Organisation:
    identity = stable_id(name)
    if identity in world.organisations:
        identity = new_id()  # another organisation of the same name
    organisation = Organisation(identity, name, short_code=f"!{identity[:5]}")
    stamp = to_ms(world.clock.now() - timedelta(days=400))
    organisation.books.accounts = uk_accounts(stamp)
    organisation.books.tax_rates = uk_tax_rates()
    properties = [TrackingOption(new_id(), option) for option in ("Harbour View", "Mill Lane", "Orchard Row")]
    regions = [TrackingOption(new_id(), option) for option in ("North", "South")]
    organisation.books.tracking = [
        TrackingCategory(new_id(), "Property", properties),
        TrackingCategory(new_id(), "Region", regions),
    ]
    world.organisations[identity] = organisation
    return organisation


def _particulars(world: World) -> None:
    today = world.clock.now().date()
    world.organisations[stable_id("Orchard Row Ltd")].period_lock_date = today.replace(day=1) - timedelta(
        days=1
    )
    world.organisations[stable_id("Tannery Court Ltd")].organisation_class = "TRIAL"
    demo = world.organisations[stable_id("Demo Company (UK)")]
    demo.organisation_class, demo.is_demo = "DEMO", True
