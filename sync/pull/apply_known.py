"""Applies Xero's copy of a document that we know: decide, take over, keep the bases, agree."""

from dataclasses import replace
from enum import Enum
from uuid import UUID

from released.billing.outside import agree, take_over
from released.clock import now
from sync.canonical import ContactFields, DocumentFields, freeze
from sync.conflicts import Sides, close_unneeded, open_or_refresh
from sync.decide import Decision, Do, decide, moved_base
from sync.locks import locked_in, was_insisted
from sync.matching.translating import inward
from sync.pull.contact_ids import ours_by_xero_id
from sync.pull.facts import note_theirs
from sync.pull.known import Known
from sync.pull.taking import keys_for, line_ids, outside_lines, taken_columns
from sync.scope import Scope
from sync.theirs import TheirDocument


class Outcome(Enum):
    """What became of one record."""

    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    LEFT = "left"


def apply_known(scope: Scope, known: Known, theirs: TheirDocument, *, always: bool = False) -> Outcome:
    """In the caller's transaction, on the locked document. Excluded or out of range: left alone.

    `always`: it is the answer to something that we have just sent.
    """
    if not always and (known.link.excluded_at or not is_shared(scope, known, theirs)):
        return Outcome.LEFT
    read = in_our_words(scope, known, theirs)
    decision = _decided(known, theirs, read.fields)
    if decision.do is Do.CONFLICT:
        sides = Sides(known.base, known.ours, read.fields, theirs.fields)
        open_or_refresh(known.link, known.document, sides, decision)
        note_theirs(known, theirs, with_content=False)
        return Outcome.CONFLICT
    if known.link.blocked_revision is not None:
        close_unneeded(known.link)
    changed = _take(scope, known, read, decision)
    changed |= note_theirs(known, theirs, with_content="lines" not in decision.push)
    _keep_bases(known, theirs, decision, read.fields)
    return Outcome.CHANGED if changed else Outcome.SAME


def _decided(known: Known, theirs: TheirDocument, read: DocumentFields) -> Decision:
    """With what Xero locks, unless a person saw that and kept ours all the same: it is tried then."""
    base, ours = known.base, known.ours
    decision = decide(base, ours, theirs.fields, read, locked=locked_in(theirs))
    if decision.locked and was_insisted(known.link, ours, decision.locked):
        return decide(base, ours, theirs.fields, read)
    return decision


def in_our_words(scope: Scope, known: Known, theirs: TheirDocument) -> TheirDocument:
    """Line beside line, by Xero's ids of our lines, or by position where there are as many."""
    if scope.words.is_empty:
        return theirs
    held = {str(line.key): ours for line, ours in zip(known.lines, known.ours.lines.items, strict=True)}
    keys = {line_id: key for key, line_id in known.link.line_ids.items()}
    present = [held.get(keys.get(one.line_id, "")) for one in theirs.lines]
    if not any(present) and len(present) == len(held):
        present = list(held.values())
    return replace(theirs, fields=inward(scope.words, theirs.fields, present, known.base))


def is_shared(scope: Scope, known: Known, theirs: TheirDocument) -> bool:
    """By the date last agreed or a new one, of either side."""
    return scope.range.covers(known.link.agreed_date, theirs.fields.date, known.document.date)


def _take(scope: Scope, known: Known, theirs: TheirDocument, decision: Decision) -> bool:
    """Write what is theirs; True if a field of ours changed. The row is locked: no revision moves on."""
    document, settled = known.document, not decision.push
    if not decision.pull:
        if settled and document.is_pending:
            agree(document.pk, revision=document.revision)
        return False
    contact_id = _contact(scope, theirs) if "contact" in decision.pull else None
    lines = outside_lines(theirs, _keys(known, theirs)) if "lines" in decision.pull else None
    return take_over(
        document,
        revision=document.revision,
        columns=taken_columns(theirs, decision.pull, contact_id),
        lines=lines,
        agrees=settled,
    )


def _keep_bases(known: Known, theirs: TheirDocument, decision: Decision, read: DocumentFields) -> None:
    link, before = known.link, known.base
    base = moved_base(before, known.ours, theirs.fields, decision, read)
    ids = _line_ids(known, theirs, decision)
    if base == before and ids == link.line_ids and link.agreed_date == base.ours.date:
        return
    link.base_ours, link.base_theirs = freeze(base.ours), freeze(base.theirs)
    link.agreed_date, link.agreed_at, link.line_ids = base.ours.date, now(), ids
    link.save(update_fields=["base_ours", "base_theirs", "agreed_date", "agreed_at", "line_ids"])


def _keys(known: Known, theirs: TheirDocument) -> list[UUID]:
    """Kept on the link first, so that the lines written and the ids noted speak of the same keys."""
    keys = keys_for(theirs, known.link.line_ids)
    known.link.line_ids = line_ids(theirs, keys)
    return keys


def _line_ids(known: Known, theirs: TheirDocument, decision: Decision) -> dict[str, str]:
    """Xero's ids of our lines: by position while the lines are the same, else those that still exist."""
    if "lines" in decision.pull:
        return dict(known.link.line_ids)
    if "lines" not in decision.push and len(theirs.lines) == len(known.lines):
        return line_ids(theirs, [line.key for line in known.lines])
    present = {line.line_id for line in theirs.lines}
    return {key: line_id for key, line_id in known.link.line_ids.items() if line_id in present}


def _contact(scope: Scope, theirs: TheirDocument) -> int:
    xero_id = UUID(theirs.fields.contact)
    return ours_by_xero_id(scope, {xero_id: ContactFields(theirs.contact_name, "")})[xero_id]
