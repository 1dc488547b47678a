"""What to do about one document or contact: nothing, push, pull, merge, or ask a person.

Pure. There are two bases: what we held when both sides last agreed, to see our change, and what
Xero answered then, to see theirs. With one base, a value that Xero normalises would be pushed
for ever (docs/protocols.md 3). Field by field; nobody silently wins. A change of ours that Xero locks,
because something was paid or credited there, is a conflict too: else nobody could take it back.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Generic, TypeVar

from sync.canonical import ContactFields, DocumentFields, names_of

F = TypeVar("F", DocumentFields, ContactFields)
ALIVE = "is_alive"
NONE: frozenset[str] = frozenset()


class Do(Enum):
    """What follows."""

    NOTHING = "nothing"
    PUSH = "push"
    PULL = "pull"
    MERGE = "merge"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Base(Generic[F]):
    """What both sides last agreed to, as each of them held it."""

    ours: F
    theirs: F


@dataclass(frozen=True, slots=True)
class Decision:
    """Names of fields: to send, to take, clashing, and found equal although both changed.

    `locked` are those of the clashing that Xero takes from nobody while it holds payments or credits.
    """

    do: Do
    push: frozenset[str] = NONE
    pull: frozenset[str] = NONE
    clashing: frozenset[str] = NONE
    agreed: frozenset[str] = NONE
    locked: frozenset[str] = NONE


def decide(
    base: Base[F] | None, ours: F, theirs: F, read: F | None = None, *, locked: frozenset[str] = NONE
) -> Decision:
    """Compare both sides with their bases; without a base, whatever differs clashes.

    `theirs` and its base are in Xero's words. `read` is the same in ours, where the two differ, and is
    what is compared with `ours`. What we changed of the `locked` fields (`sync.locks`) clashes.
    """
    meant = theirs if read is None else read
    here, there = _moved(base.ours if base else None, ours), _moved(base.theirs if base else None, theirs)
    agreed = frozenset(name for name in here & there if getattr(ours, name) == getattr(meant, name))
    here, there = here - agreed, there - agreed
    decision = _by_field(here, there, agreed)
    if isinstance(ours, DocumentFields):
        decision = _when_gone(ours, theirs, here, there, agreed) or decision
    stuck = here & locked
    if not stuck:
        return decision
    return Decision(Do.CONFLICT, clashing=stuck | decision.clashing, agreed=agreed, locked=stuck)


def moved_base(
    base: Base[F] | None, ours: F, theirs: F, decision: Decision, read: F | None = None
) -> Base[F]:
    """The bases after what was taken or found equal: fields still to be sent keep their old base.

    Each base stays in its side's words; `read` as in `decide`.
    """
    if base is None:
        return Base(ours, theirs)
    if not decision.agreed and not decision.pull:
        return base
    meant = theirs if read is None else read
    return Base(
        replace(base.ours, **_values(ours, decision.agreed), **_values(meant, decision.pull)),
        replace(base.theirs, **_values(theirs, decision.agreed | decision.pull)),
    )


def settled_base(base: Base[F], sent: dict[str, Any], answer: F) -> Base[F]:
    """The bases after Xero took `sent`: moved by the fields that were sent, and only those."""
    return Base(
        replace(base.ours, **sent), replace(base.theirs, **{name: getattr(answer, name) for name in sent})
    )


def _values(record: F, names: frozenset[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _moved(before: F | None, now: F) -> frozenset[str]:
    if before is None:
        return frozenset(names_of(now))
    return frozenset(name for name in names_of(now) if getattr(before, name) != getattr(now, name))


def _when_gone(
    ours: DocumentFields,
    theirs: Any,
    here: frozenset[str],
    there: frozenset[str],
    agreed: frozenset[str],
) -> Decision | None:
    """Voided or deleted on a side: the rules of status come before the fields."""
    if not ours.is_alive and not theirs.is_alive:
        return Decision(Do.NOTHING, agreed=agreed)
    if not theirs.is_alive:
        if here:
            return Decision(Do.CONFLICT, clashing=here | {ALIVE}, agreed=agreed)
        return Decision(Do.PULL, pull=there, agreed=agreed)
    if not ours.is_alive and (ALIVE in here or ALIVE not in there):
        push, pull = frozenset({ALIVE}), there - here
        return Decision(Do.MERGE if pull else Do.PUSH, push=push, pull=pull, agreed=agreed)
    # Both alive, or ended here and a person chose Xero's version, which is alive.
    return None


def _by_field(here: frozenset[str], there: frozenset[str], agreed: frozenset[str]) -> Decision:
    clashing = here & there
    if clashing:
        return Decision(Do.CONFLICT, clashing=clashing, agreed=agreed)
    if here and there:
        return Decision(Do.MERGE, push=here, pull=there, agreed=agreed)
    if here:
        return Decision(Do.PUSH, push=here, agreed=agreed)
    return Decision(Do.PULL if there else Do.NOTHING, pull=there, agreed=agreed)
