"""Contacts travel with the documents that name them, and before them."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from integrations.xero.errors import NotFound, Refused
from released.portfolio.models import Contact
from released.portfolio.outside import agree_contact
from sync.canonical import changed, names_of, thaw_contact
from sync.deliveries.contact_names import ContactNames, is_taken
from sync.deliveries.lost import apart
from sync.deliveries.saving import Parcel, save
from sync.models import ContactLink, Delivery, DeliveryItem, DocumentLink, Problem
from sync.order import hold
from sync.ours import contact_fields
from sync.pull.contact_ids import link_contact
from sync.pull.known import contact_ids
from sync.push.batching import MOST, fit
from sync.push.shipping import ship
from sync.wire.contacts import contact_payload
from sync.work import Work

KNOWN = Q(link__xero_id__isnull=False)
CHANGED = ~Q(revision=F("shared_revision"))


def bring_contacts(work: Work, contacts: Sequence[int], documents: Sequence[int]) -> None:
    """Create those that Xero does not have. The documents of one that is refused share its problem."""
    missing = set(contacts) - set(contact_ids(work.scope, contacts))
    while missing:
        batch = sorted(missing)[:MOST]
        delivery = _save(work, batch, is_create=True)
        if delivery is not None:
            ship(work, delivery, lambda most, batch=batch: _save(work, batch, most, is_create=True))  # type: ignore[misc]
        _link_namesakes(work, batch)  # also those that a turn was killed over
        missing -= set(batch)
    _share_problems(work, documents)


def push_contact_changes(work: Work) -> bool:
    """One batch of changes to contacts that Xero has. False when nothing was left."""
    rows = _free(work).filter(KNOWN, CHANGED)
    batch = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    if not batch:
        return False
    delivery = _save(work, batch, is_create=False)
    if delivery is not None:
        ship(work, delivery, lambda most: _save(work, batch, most, is_create=False))
    return True


def _free(work: Work) -> QuerySet[Contact]:
    """Neither refused at this revision nor on their way."""
    on_its_way = DeliveryItem.objects.filter(is_open=True, contact__isnull=False).values("contact")
    blocked = Q(link__blocked_revision__isnull=False) & Q(link__blocked_revision=F("revision"))
    rows = Contact.objects.filter(company=work.scope.company)
    return rows.exclude(blocked).exclude(pk__in=on_its_way)


def _save(work: Work, wanted: Sequence[int], most: int = MOST, *, is_create: bool) -> Delivery | None:
    with work.settling("push.saved"):
        rows = _free(work).filter(pk__in=wanted)
        rows = rows.exclude(KNOWN) if is_create else rows.filter(KNOWN, CHANGED)
        locked = Contact.objects.select_for_update(no_key=True).filter(
            pk__in=list(rows.values_list("pk", flat=True))
        )
        changed_ones = [one for one in map(_parcel, locked.order_by("pk")) if one]
        parcels = fit("Contacts", apart("contact", changed_ones)[:most])
        if not parcels:
            return None
        return save(work.scope, "PUT" if is_create else "POST", "Contacts", parcels, is_create=is_create)


def _parcel(contact: Contact) -> Parcel | None:
    """What changed; a change that is none any more is agreed to without a call."""
    link = ContactLink.objects.filter(contact=contact).first()
    ours = contact_fields(contact)
    names = frozenset(names_of(ours))
    if link and link.xero_id and link.base_ours:
        names = changed(thaw_contact(link.base_ours), ours)
    if not names:
        agree_contact(contact.pk, revision=contact.revision)
        return None
    return Parcel(contact, ours, names, contact_payload(ours, names, link.xero_id if link else None))


def _link_namesakes(work: Work, contacts: Sequence[int]) -> None:
    """Xero has an active contact of that name, made since our last reading: that is the one.

    Where Xero refuses to say, it stays the visible problem that it is, and the rest of the push goes on.
    """
    links = ContactLink.objects.filter(
        contact__in=contacts, xero_id=None, problem__cause=Problem.Cause.CONTACT, problem__closed_at=None
    )
    names = ContactNames.since_reading(work)
    for link in links.select_related("contact", "problem"):
        try:
            theirs = names.find(link.contact.name)
        except (Refused, NotFound):
            continue
        if theirs is not None and not is_taken(work, theirs, by_other_than=link.contact_id):
            with work.settling("push.namesake"):
                link_contact(work.scope, link.contact, theirs.xero_id, theirs.fields)


def _share_problems(work: Work, documents: Sequence[int]) -> None:
    """A document waits with its contact, blocked at its revision by the same problem."""
    links = ContactLink.objects.filter(
        contact__documents__in=documents,
        xero_id=None,
        problem__isnull=False,
        connection=work.scope.connection,
    ).distinct()
    for link in links:
        with work.settling("push.contact_refused"):
            hold(documents)
            for document in link.contact.documents.filter(pk__in=documents).order_by("pk"):
                DocumentLink.objects.update_or_create(
                    document=document,
                    defaults={"problem": link.problem, "blocked_revision": document.revision},
                    create_defaults={
                        "problem": link.problem,
                        "blocked_revision": document.revision,
                        "connection": work.scope.connection,
                    },
                )
