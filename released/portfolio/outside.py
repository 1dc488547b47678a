"""How what came from the books elsewhere is written into our contacts, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from released.portfolio.folding import fold_name
from released.portfolio.models import Company, Contact, Tenancy


@dataclass(frozen=True, kw_only=True)
class OutsideContact:
    """A contact that exists elsewhere and is to exist here."""

    name: str
    email: str
    is_archived: bool


def create_contacts(company: Company, given: Sequence[OutsideContact]) -> list[Contact]:
    """Contacts that both sides agree to from the start. The caller has made sure that the names are free."""
    return Contact.objects.bulk_create(
        Contact(company=company, revision=1, shared_revision=1, **vars(one)) for one in given
    )


def take_over_contact(contact: Contact, *, revision: int, columns: Mapping[str, Any], agrees: bool) -> bool:
    """Write changed columns; False if the contact moved on from `revision`."""
    after = {"revision": revision + 1, **columns} | ({"shared_revision": revision + 1} if agrees else {})
    if "name" in columns:
        after["folded"] = fold_name(columns["name"])
    if not Contact.objects.filter(pk=contact.pk, revision=revision).update(**after):
        return False
    for name, value in after.items():
        setattr(contact, name, value)
    return True


def agree_contact(contact_id: int, *, revision: int) -> bool:
    """The books elsewhere hold `revision` now; a later one of ours stays pending."""
    rows = Contact.objects.filter(pk=contact_id, revision__gte=revision, shared_revision__lt=revision)
    return bool(rows.update(shared_revision=revision))


def note_archived(contact: Contact, is_archived: bool) -> None:
    """Whether the contact is archived elsewhere; no change of ours."""
    Contact.objects.filter(pk=contact.pk).update(is_archived=is_archived)
    contact.is_archived = is_archived


def hand_over_tenancies(merged: Contact, successor: Contact) -> None:
    """The two are one person elsewhere, so the tenancies of the one are the other's."""
    Tenancy.objects.filter(lessee=merged).update(lessee=successor)


def numbered_names(company: Company, names: Sequence[str]) -> set[str]:
    """Active contacts that bear one of these names with a number behind it, folded."""
    alike = Q(pk__in=[])
    for name in names:
        alike |= Q(folded__startswith=f"{fold_name(name)} (")
    rows = Contact.objects.filter(alike, company=company, is_archived=False)
    return {fold_name(name) for name in rows.values_list("name", flat=True)}


def taken_names(company: Company, names: Sequence[str]) -> dict[str, Contact]:
    """Of these names, the active contacts that bear them, by the folded name."""
    folded = {fold_name(name) for name in names}
    rows = Contact.objects.filter(company=company, is_archived=False, folded__in=folded)
    return {row.folded: row for row in rows}
