"""What has to lie before a worker so that its turn makes a certain call, or passes a certain point."""

from datetime import timedelta

from integrations.models import Grant
from released.billing.models import Document, Kind, Status
from released.clock import now
from sync.asking import ask_sync
from sync.models import DocumentLink, Lease, Schedule
from tests.integration.sync.stateful import hands, there
from tests.integration.sync.stateful.turning import beat
from tests.integration.sync.stateful.weather import FAULTS
from tests.integration.sync.stateful.world import World

LOOKED_UP_AFTER = 500.0  # more than seven minutes
LEASE_OVER = 61.0
REFUSED = {"action": "answer", "status": 400, "times": 30}
REFUSAL = '{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception occurred"}'


def may_work(world: World) -> None:
    """Access is there and no dead worker's lease is held any more."""
    world.reconnect()
    if Lease.objects.filter(pk=world.connection.pk, owner__isnull=False).exists():
        world.pass_time(LEASE_OVER)


def before_call(world: World, method: str, path: str) -> None:
    """Something is pending that takes this call."""
    kind = Kind.CREDIT_NOTE if "Credit" in path else Kind.INVOICE
    if path == "/Contacts":
        if method == "PUT":
            hands.new_contact(world)
        else:
            hands.change_contact(world, 1)
    elif method == "POST" and _edit_linked(world, kind):
        return
    hands.raise_one(world, kind, approved=True, days_ago=0)


def before_point(world: World, point: str) -> None:
    """The next turn passes the point, as far as we can see to it."""
    may_work(world)
    name = point.removesuffix(".before_commit").removesuffix(".committed")
    scene = SCENES.get(name.split(".")[0] if name.startswith(("vault", "token")) else name)
    if scene is not None:
        scene(world)
    else:
        hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)


def expire_token(world: World) -> None:
    Grant.objects.update(expires_at=now() - timedelta(minutes=1))


def poison(world: World) -> None:
    """Xero refuses every call that carries this one, as a whole and without saying which."""
    hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)
    document = hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)
    world.poisoned.add(document.pk)
    world.fault("refused as a whole", **REFUSED, method="PUT", path="/Invoices",
                body=REFUSAL, body_contains=document.reference)  # fmt: skip


def _lost_create(world: World) -> None:
    hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)
    _lose(world, "PUT /Invoices")


def _lost_update(world: World) -> None:
    if not _edit_linked(world, Kind.INVOICE):
        return
    _lose(world, "POST /Invoices")


def _lose(world: World, call: str) -> None:
    world.fault(f"answer lost: {call}", **FAULTS[f"answer lost: {call}"])
    beat(world)
    world.pass_time(LOOKED_UP_AFTER)


def _no_effect(world: World) -> None:
    world.fault("429: PUT /Invoices", **FAULTS["429: PUT /Invoices"])
    hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)


def _nothing(world: World) -> None:
    hands.void_here(world, hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0))
    ask_sync(world.connection, by=None)


def _namesake(world: World) -> None:
    there.namesake_there(world, hands.new_contact(world).name)
    for _ in range(2):  # one of them is for that contact
        hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)


def _refused_contact(world: World) -> None:
    """Xero refuses every call that carries its name, and has nobody of that name."""
    contact = hands.new_contact(world)
    world.refused.add(contact.pk)
    world.fault("refused as a whole", **REFUSED, method="PUT", path="/Contacts", body=REFUSAL,
                body_contains=f'"{contact.name}"')  # fmt: skip
    for _ in range(2):  # one of them is for that contact
        hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)


def _reconsidered(world: World) -> None:
    """While nobody knows whether a create landed, which it did not, what is typed in Xero has to wait."""
    hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)
    world.fault("dropped before handling: PUT /Invoices", **FAULTS["dropped before handling: PUT /Invoices"])
    beat(world)
    there.type_there(world)
    world.pass_time(350)
    ask_sync(world.connection, by=None)
    beat(world)
    world.pass_time(LOOKED_UP_AFTER)


def _asked(world: World) -> None:
    Schedule.objects.filter(pk=world.connection.pk).update(compared_at=None)
    ask_sync(world.connection, by=None)


def _told(world: World) -> None:
    """Nothing else is due, and what Xero tells of can be read by its id."""
    beat(world)
    world.untold.clear()
    if any(there.edit_there(world, row, "reference") for row in world.rows()):
        there.webhook(world, "once")


def _unstamped(world: World) -> None:
    links = DocumentLink.objects.filter(connection=world.connection, excluded_at=None, blocked_revision=None)
    known = {str(link.xero_id) for link in links.filter(agreed_date__gte=world.connection.sync_from)}
    for row in world.rows():
        if row["id"] in known and there.edit_there(world, row, "reference", touch=False):
            break
    _asked(world)


def _refresh(world: World) -> None:
    expire_token(world)
    hands.raise_one(world, Kind.INVOICE, approved=True, days_ago=0)


def _edit_linked(world: World, kind: Kind) -> bool:
    rows = Document.objects.filter(
        company=world.connection.company, kind=kind, status=Status.AUTHORISED, link__xero_id__isnull=False,
        link__excluded_at=None, link__blocked_revision=None, amount_paid=0,
    )  # fmt: skip
    if world.connection.sync_from:
        rows = rows.filter(date__gte=world.connection.sync_from)
    return any(hands.edit_here(world, document, "reference") for document in rows.order_by("pk")[:1])


SCENES = {
    "push.looked_up": _lost_create, "push.freed": _lost_update, "push.no_effect": _no_effect,
    "push.nothing": _nothing, "push.namesake": _namesake, "push.contact_refused": _refused_contact,
    "push.refused": poison, "pull.reconsidered": _reconsidered, "pull.page": _asked, "pull.completed": _asked,
    "pull.told": _told, "compare.noted": _asked, "compare.healed": _unstamped, "vault": _refresh,
    "token": _refresh,
}  # fmt: skip
