"""Which contact of ours is meant by a ContactID of Xero's; one that is not known yet is made or linked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from released.portfolio.folding import fold_name
from released.portfolio.models import Contact
from released.portfolio.outside import (
    OutsideContact,
    agree_contact,
    create_contacts,
    numbered_names,
    taken_names,
)
from sync.canonical import ContactFields, freeze
from sync.models import ContactLink, Problem
from sync.ours import contact_fields
from sync.problems import release
from sync.scope import Scope


def ours_by_xero_id(scope: Scope, wanted: Mapping[UUID, ContactFields]) -> dict[UUID, int]:
    """{ContactID: id of our contact} for all that are wanted."""
    rows = ContactLink.objects.filter(connection=scope.connection, xero_id__in=list(wanted))
    found = {link.xero_id: link.contact_id for link in rows if link.xero_id}
    missing = {xero_id: fields for xero_id, fields in wanted.items() if xero_id not in found}
    if missing:
        found |= _adopt(scope, missing)
    return found


def _adopt(scope: Scope, missing: Mapping[UUID, ContactFields]) -> dict[UUID, int]:
    """Link by name where we know the name, since Xero would refuse a second one; make the others."""
    found: dict[UUID, int] = {}
    named = taken_names(scope.company, [fields.name for fields in missing.values()])
    links = ContactLink.objects.filter(contact__in=named.values()).exclude(xero_id=None)
    linked = set(links.values_list("contact_id", flat=True))
    new: dict[UUID, ContactFields] = {}
    names = set(named) | numbered_names(scope.company, _shared_names(missing, named))
    for xero_id, fields in missing.items():
        known = named.get(fold_name(fields.name))
        if known is not None and known.pk not in linked:
            linked.add(known.pk)
            link_contact(scope, known, xero_id, fields)
            found[xero_id] = known.pk
        else:
            new[xero_id] = ContactFields(free_name(fields.name, names), fields.email)
            names.add(fold_name(new[xero_id].name))
    return found | _make(scope, missing, new)


def _shared_names(missing: Mapping[UUID, ContactFields], named: Iterable[str]) -> list[str]:
    """Names that more than one contact bears: their numbers must not meet those given earlier."""
    counts = Counter(fold_name(fields.name) for fields in missing.values()) + Counter(list(named))
    return [name for name, count in counts.items() if count > 1]


def link_contact(scope: Scope, contact: Contact, xero_id: UUID, theirs: ContactFields) -> None:
    """From now on these two are one, and what they hold is what both sides agreed to.

    Documents that waited for it because Xero had refused the name are tried again.
    """
    for problem in Problem.objects.filter(contact_links__contact=contact, closed_at=None):
        release(problem)
    agree_contact(contact.pk, revision=contact.revision)
    ContactLink.objects.update_or_create(
        contact=contact,
        defaults={
            "connection": scope.connection,
            "xero_id": xero_id,
            "base_ours": freeze(contact_fields(contact)),
            "base_theirs": freeze(theirs),
            "blocked_revision": None,
            "problem": None,
        },
    )


def free_name(name: str, taken: set[str]) -> str:
    """Names are unique among our active contacts; an archived namesake in Xero gets a number here."""
    if fold_name(name) not in taken:
        return name
    number = 2
    while fold_name(f"{name} ({number})") in taken:
        number += 1
    return f"{name} ({number})"


def _make(
    scope: Scope, theirs: Mapping[UUID, ContactFields], new: Mapping[UUID, ContactFields]
) -> dict[UUID, int]:
    made = create_contacts(
        scope.company,
        [OutsideContact(name=one.name, email=one.email, is_archived=False) for one in new.values()],
    )
    ContactLink.objects.bulk_create(
        ContactLink(
            contact=contact,
            connection=scope.connection,
            xero_id=xero_id,
            base_ours=freeze(contact_fields(contact)),
            base_theirs=freeze(theirs[xero_id]),
        )
        for contact, xero_id in zip(made, new, strict=True)
    )
    return {xero_id: contact.pk for contact, xero_id in zip(made, new, strict=True)}
