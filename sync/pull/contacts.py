"""Applies a page of Xero's contacts to ours, in the caller's fenced transaction.

Every active contact of Xero's is here too, so that people choose from one list and nobody types a
name that Xero would refuse as a double. Archived ones come only with the documents that name them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from released.portfolio.folding import fold_name
from released.portfolio.models import Contact
from released.portfolio.outside import agree_contact, note_archived, take_over_contact, taken_names
from sync.canonical import ContactFields, freeze, thaw_contact
from sync.decide import Base, Decision, Do, decide, moved_base
from sync.models import ContactLink, DeliveryItem, Problem
from sync.ours import contact_fields
from sync.problems import release
from sync.pull.applied import Applied
from sync.pull.contact_ids import ours_by_xero_id
from sync.pull.merged import follow_merged
from sync.pull.reading import read_all
from sync.scope import Scope
from sync.theirs import TheirContact
from sync.wire.contacts import read_contact
from sync.wire.values import Record


@dataclass(frozen=True, slots=True)
class Pair:
    """A contact of ours and what Xero has of it."""

    link: ContactLink
    contact: Contact
    theirs: TheirContact

    @property
    def waits(self) -> bool:
        """Whether its name, or its return from the archive, was held back for a namesake's sake."""
        base = _base(self.link)
        is_renamed = base is not None and base.theirs.name != self.theirs.fields.name
        return is_renamed or (self.contact.is_archived and not self.theirs.is_archived)


def apply_contacts(scope: Scope, records: Iterable[Record]) -> Applied:
    reads = [read.theirs for read in read_all(scope, "contacts", records, read_contact)]
    by_id = {theirs.xero_id: theirs for theirs in reads}
    links = ContactLink.objects.filter(connection=scope.connection, xero_id__in=list(by_id))
    held = set(links.values_list("contact_id", flat=True))
    known = {link.contact_id: link for link in links}
    open_ones = set(
        DeliveryItem.objects.filter(is_open=True, contact__in=held).values_list("contact_id", flat=True)
    )
    rows = Contact.objects.select_for_update(no_key=True).filter(pk__in=held - open_ones).order_by("pk")
    ids = {link.contact_id: link.xero_id for link in links if link.xero_id}
    pairs = [Pair(known[row.pk], row, by_id[ids[row.pk]]) for row in rows]
    changed = {pair.contact.pk for pair in pairs if _apply(scope, pair)} | _again(scope, pairs)
    linked = set(ids.values())
    active = {one.xero_id: one.fields.name for one in reads if not one.is_archived}
    _reopen(
        scope, [*active.values(), *links.filter(xero_id__in=active).values_list("contact__name", flat=True)]
    )
    new = [theirs for theirs in reads if theirs.xero_id not in linked and not theirs.is_archived]
    ours_by_xero_id(scope, {theirs.xero_id: theirs.fields for theirs in new})
    follow_merged(scope, reads)
    return Applied(read=len(reads), changed=len(changed) + len(new))


def _reopen(scope: Scope, active: list[str]) -> None:
    """Documents that were refused for the sake of a contact that is active again, by Xero's name or ours."""
    problems = Problem.objects.filter(
        connection=scope.connection, cause=Problem.Cause.ARCHIVED_CONTACT, subject__in=active, closed_at=None
    )
    for problem in problems:
        release(problem)


def _again(scope: Scope, pairs: list[Pair]) -> set[int]:
    """Names that were not free at first: another of this page may have given its own up since.

    Contacts that bear each other's new names are told apart by their ids while they change places.
    """
    changed: set[int] = set()
    waiting = [pair for pair in pairs if pair.waits]
    while waiting:
        changed |= {pair.contact.pk for pair in waiting if _apply(scope, pair)}
        left = [pair for pair in waiting if pair.waits]
        if len(left) == len(waiting) and not _untie(scope, left):
            break
        waiting = left
    return changed


def _untie(scope: Scope, waiting: list[Pair]) -> bool:
    """Of those whose new names are borne in a circle one is named by its id. False if there is no circle."""
    bearers = taken_names(scope.company, [pair.theirs.fields.name for pair in waiting])
    by_pk = {pair.contact.pk: pair for pair in waiting}
    for first in waiting:
        seen: set[int] = set()
        at: Pair | None = first
        while at is not None and at.contact.pk not in seen:
            seen.add(at.contact.pk)
            bearer = bearers.get(fold_name(at.theirs.fields.name))
            at = by_pk.get(bearer.pk) if bearer is not None else None
        if at is not None and len(seen) > 1:
            contact, name = at.contact, str(at.theirs.xero_id)
            is_agreed = contact.revision == contact.shared_revision
            return take_over_contact(
                contact, revision=contact.revision, columns={"name": name}, agrees=is_agreed
            )
    return False


def _apply(scope: Scope, pair: Pair) -> bool:
    """Ours and theirs merge by field; where both changed the same field, Xero's is taken.

    A contact has no conflict page: its name is bound to Xero's, where it must be unique.
    """
    link, contact, theirs = pair.link, pair.contact, pair.theirs
    if contact.is_archived != theirs.is_archived:
        _archive(scope, contact, theirs)
    ours, base = contact_fields(contact), _base(link)
    decision = _theirs_wins(decide(base, ours, theirs.fields))
    wanted = {name: getattr(theirs.fields, name) for name in decision.pull}
    taken = _free(scope, contact, wanted)
    changed = False
    if taken:
        changed = take_over_contact(
            contact, revision=contact.revision, columns=taken, agrees=not decision.push
        )
    elif not decision.push:
        agree_contact(contact.pk, revision=contact.revision)
    moved = moved_base(base, ours, theirs.fields, decision)
    if len(taken) < len(wanted):  # or it would never be looked at again
        was = base.theirs.name if base else contact.name
        moved = replace(moved, theirs=replace(moved.theirs, name=was))
    _keep_bases(link, contact, moved, decision)
    return changed


def _base(link: ContactLink) -> Base[ContactFields] | None:
    if link.base_ours is None or link.base_theirs is None:
        return None
    return Base(thaw_contact(link.base_ours), thaw_contact(link.base_theirs))


def _keep_bases(link: ContactLink, contact: Contact, moved: Base[ContactFields], decision: Decision) -> None:
    """What we hold may differ from what was there to take: a namesake of ours keeps its name."""
    held = contact_fields(contact)
    base = Base(replace(moved.ours, **{name: getattr(held, name) for name in decision.pull}), moved.theirs)
    if base != _base(link):
        link.base_ours, link.base_theirs = freeze(base.ours), freeze(base.theirs)
        link.save(update_fields=["base_ours", "base_theirs"])


def _theirs_wins(decision: Decision) -> Decision:
    if decision.do is not Do.CONFLICT:
        return decision
    return Decision(Do.PULL, pull=decision.clashing, agreed=decision.agreed)


def _free(scope: Scope, contact: Contact, taken: dict[str, str]) -> dict[str, str]:
    """Without a name that another active contact of ours bears."""
    name = taken.get("name", "")
    namesake = taken_names(scope.company, [name]).get(fold_name(name)) if name else None
    if namesake is not None and namesake.pk != contact.pk:
        return {key: value for key, value in taken.items() if key != "name"}
    return taken


def _archive(scope: Scope, contact: Contact, theirs: TheirContact) -> None:
    if theirs.is_archived:
        note_archived(contact, True)
    elif not taken_names(scope.company, [contact.name]):
        note_archived(contact, False)
