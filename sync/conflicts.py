"""Conflicts: kept with base, ours and theirs until a person chooses, or until they are none any more.

A choice moves one base and nothing else. Then the chosen side is the only one that changed, and
it is pushed or pulled like any change, with every check that belongs to it.
"""

from dataclasses import dataclass

from django.db import transaction

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event, ring
from released.billing.models import Document
from released.billing.outside import ask_again
from released.clock import now
from sync.canonical import DocumentFields, freeze
from sync.decide import Base, Decision
from sync.models import Conflict, DocumentLink
from sync.problems import close_if_empty

CHANGED = "Changed here and in Xero; somebody has to choose"
LOCKED = "Xero has payments or credits on it and allows no such change; somebody has to choose"


@dataclass(frozen=True, slots=True)
class Sides:
    """What clashes. `theirs` is in our words, `raw` the same as Xero holds it."""

    base: Base[DocumentFields] | None
    ours: DocumentFields
    theirs: DocumentFields
    raw: DocumentFields


def open_or_refresh(link: DocumentLink, document: Document, sides: Sides, decision: Decision) -> Conflict:
    """One open conflict a document; the revision is blocked, so it is not tried in vain.

    What was refused of it before waits for the choice now: its problem closes with its last document.
    """
    shown = {
        "base": freeze(sides.base.ours) if sides.base else None,
        "ours": freeze(sides.ours),
        "theirs": freeze(sides.theirs),
        "theirs_raw": None if sides.raw == sides.theirs else freeze(sides.raw),
        "clashing": sorted(decision.clashing),
        "locked": sorted(decision.locked),
    }
    conflict, is_new = Conflict.objects.update_or_create(
        document=document,
        resolved_at=None,
        defaults=shown,
        create_defaults=shown | {"connection": link.connection, "opened_at": now()},
    )
    before, link.blocked_revision, link.problem = link.problem, document.revision, None
    link.save(update_fields=["blocked_revision", "problem"])
    if before is not None:
        close_if_empty(before)
    if is_new:
        note_event(document, "conflict", LOCKED if decision.locked else CHANGED)
    return conflict


def close_unneeded(link: DocumentLink) -> None:
    """The sides agree or merge again by themselves, because somebody changed one of them."""
    closed = Conflict.objects.filter(document=link.document_id, resolved_at=None).update(resolved_at=now())
    if closed:
        link.blocked_revision = None
        link.save(update_fields=["blocked_revision"])


@transaction.atomic
def resolve_conflict(conflict: Conflict, choice: Conflict.Choice, *, by: User) -> None:
    """Keep ours or take Xero's. Raises PermissionDenied; choosing twice changes nothing."""
    require(by, RESOLVE, conflict.connection.company)
    document = Document.objects.select_for_update(no_key=True).get(pk=conflict.document_id)
    link = DocumentLink.objects.select_for_update().get(pk=conflict.document_id)
    open_one = Conflict.objects.filter(pk=conflict.pk, resolved_at=None)
    if not open_one.update(resolved_at=now(), resolved_by=by, choice=choice):
        return
    fresh = Conflict.objects.get(pk=conflict.pk)
    _choose(link, fresh, choice)
    link.blocked_revision, link.problem = None, None
    link.save()
    ask_again(document.pk)
    chosen = "our" if choice == Conflict.Choice.OURS else "Xero’s"
    note_event(document, "resolved", f"{by} chose {chosen} version", by=by)
    ring(document)


def _choose(link: DocumentLink, conflict: Conflict, choice: Conflict.Choice) -> None:
    """Of each field that clashes, the side that was not chosen becomes both bases, as the person saw it.

    Then only the chosen side has changed there, and what was changed on one side alone still merges: no field
    is overwritten that nobody chose about. Each base is in its side's words. Ours chosen over a document that
    is gone in Xero is made anew there, on purpose.
    """
    raw, ours, theirs = conflict.theirs_raw or conflict.theirs, conflict.ours, conflict.theirs
    names = conflict.clashing or list(ours)
    if choice == Conflict.Choice.THEIRS:
        moved_ours = {name: ours[name] for name in names}
        moved_theirs = {name: raw[name] if ours[name] == theirs[name] else ours[name] for name in names}
    elif theirs["is_alive"]:
        moved_ours, moved_theirs = ({name: side[name] for name in names} for side in (theirs, raw))
    else:
        link.former_ids = [*link.former_ids, str(link.xero_id)]
        link.xero_id, link.base_ours, link.base_theirs, link.line_ids = None, None, None, {}
        return
    link.base_ours = (link.base_ours or ours) | moved_ours
    link.base_theirs = (link.base_theirs or raw) | moved_theirs
