"""What people do in the product: raise, edit, approve, void, exclude, and answer what they are asked."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from integrations.transitions import change_sync_from
from released.billing.contents import contents_of
from released.billing.editing import Extent, editable, facts_of, may_void
from released.billing.models import Document, Kind
from released.billing.recording import approve_document, edit_document, raise_document, void_document
from released.clock import today
from released.portfolio.models import Contact
from sync.ambiguity import link_candidate, send_again
from sync.conflicts import resolve_conflict
from sync.excluding import exclude_document, include_document
from sync.models import Conflict, Problem, SetAside
from sync.problems import retry
from tests.factories.billing import EXPENSE, contents, line
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.stateful.touches import value_here
from tests.integration.sync.stateful.world import World


def amount(world: World) -> str:
    """No two documents of a sequence have the same total."""
    return str(Decimal(100) + world.next() * Decimal("1.37"))


def raise_one(world: World, kind: Kind, *, approved: bool, days_ago: int) -> Document:
    price = amount(world)
    lines = (line(price),) if kind.is_income else (line(price, **EXPENSE),)
    written = contents(
        world.connection.company, kind, contact=world.contacts[world.next() % 2], lines=lines,
        reference=f"ref {world.next()}.", date=today() - timedelta(days=days_ago),
    )  # fmt: skip
    made = raise_document(world.connection.company, kind, written, by=world.person)
    if approved:
        approve_document(made, by=world.person)
    return Document.objects.get(pk=made.pk)


def approve(world: World, document: Document) -> bool:
    if not document.state.stays_here:
        return False
    approve_document(document, by=world.person)
    return True


def edit_here(world: World, document: Document, name: str) -> bool:
    if editable(facts_of(document)).extent is not Extent.ALL:
        return False
    if name == "due_date" and document.sort.is_credit:
        return False
    before = contents_of(document)
    new: dict[str, Any] = {
        "reference": f"here {world.next()}.",
        "due_date": before.date + timedelta(days=20 + world.next()),
        "date": before.date - timedelta(days=1),
        "contact": world.contacts[world.next() % 2],
        "lines": tuple(replace(one, unit_amount=Decimal(amount(world))) for one in before.lines),
    }
    edit_document(document, replace(before, **{name: new[name]}), by=world.person, revision=document.revision)
    document.refresh_from_db()
    world.touches.here[document.pk][name] = (
        document.contact_id if name == "contact" else value_here(document, name)
    )
    return True


def void_here(world: World, document: Document) -> bool:
    if not may_void(facts_of(document)):
        return False
    void_document(document, by=world.person)
    world.touches.here[document.pk]["void"] = True
    return True


def change_contact(world: World, place: int) -> bool:
    """Its address changes here."""
    contact = world.contacts[place % 2]
    rows = Contact.objects.filter(pk=contact.pk)
    rows.update(email=f"new{world.next()}@lessee.example", revision=F("revision") + 1)
    return True


def new_contact(world: World) -> Contact:
    """One that Xero does not know; the next documents are for it."""
    world.contacts[0] = ContactFactory.create(company=world.connection.company)
    return world.contacts[0]


def move_date(world: World, days_ago: int) -> bool:
    change_sync_from(world.connection, sync_from=today() - timedelta(days=days_ago), by=world.person)
    return True


def exclude(world: World, document: Document) -> bool:
    exclude_document(document, by=world.person)
    return True


def include(world: World, place: int) -> bool:
    rows = _documents(world).filter(link__excluded_at__isnull=False)
    for document in rows[place % 2 : place % 2 + 1]:
        include_document(document, by=world.person)
        return True
    return False


def resolve(world: World, place: int, choice: str) -> bool:
    """Whoever opens the page of a conflict sees it as it is then."""
    rows = list(Conflict.objects.filter(connection=world.connection, resolved_at=None).order_by("pk"))
    if not rows:
        return False
    conflict = rows[place % len(rows)]
    world.chosen.add(conflict.document_id)
    resolve_conflict(conflict, Conflict.Choice(choice), by=world.person)
    return True


def answer(world: World, place: int, choice: str) -> bool:
    """Of a create whose outcome is not certain: this one is it, or none is."""
    rows = _documents(world).filter(
        link__problem__cause=Problem.Cause.AMBIGUOUS, link__problem__closed_at=None
    )
    document = rows.order_by("pk").first()
    if document is None:
        return False
    candidates = list(SetAside.objects.filter(document=document).order_by("pk"))
    ours = [one for one in candidates if one.xero_id not in world.typed]
    if ours or choice == "link":  # a person who looks closely never sends again what is there
        world.linked_by_hand.add(document.pk)
        chosen = (ours or candidates)[place % len(ours or candidates)] if candidates else None
        if chosen is not None:
            link_candidate(chosen, by=world.person)
            return True
    send_again(document, by=world.person)
    return True


def retry_one(world: World, place: int) -> bool:
    rows = list(Problem.objects.filter(connection=world.connection, closed_at=None).order_by("pk"))
    rows = [one for one in rows if one.cause != Problem.Cause.AMBIGUOUS]
    if not rows:
        return False
    retry(rows[place % len(rows)], by=world.person)
    return True


def _documents(world: World) -> Any:
    return Document.objects.filter(company=world.connection.company)


def ours(world: World, place: int) -> Document | None:
    """Any document of the company, those from Xero included."""
    rows = list(_documents(world).order_by("pk"))
    return rows[place % len(rows)] if rows else None
