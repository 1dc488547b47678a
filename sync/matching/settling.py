"""What people decide about the matching: taken suggestions, chosen matches, contacts linked or kept apart.

Each decision is on the connection's record with who made it. A changed match is tried on what Xero
refused because of the one before; nothing that Xero already agreed to is sent again (`translating`).
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from integrations.history import facts, record
from integrations.models import Connection
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import MANAGE_ADDONS
from released.clock import now
from sync.canonical import ContactFields
from sync.matching.chart import BETWEEN, option_of
from sync.matching.standing import Row, state_of
from sync.matching.usage import Word
from sync.models import ContactLink, Match, NearContact, Problem
from sync.models.matching import Sort
from sync.problems import release
from sync.pull.contact_ids import link_contact
from sync.scope import scope_of

Cause = Problem.Cause
How = Match.How
Decision = NearContact.Decision
LONGEST = 255


@transaction.atomic
def take_suggestions(connection: Connection, *, by: User) -> int:
    """Every suggestion for what nobody has decided yet; how many. Raises PermissionDenied."""
    require(by, MANAGE_ADDONS, connection.company)
    wanted = {
        (row.sort, row.ours): row.suggestion.theirs
        for row in state_of(connection, counted=False).rows
        if row.is_open and row.suggestion is not None
    }
    return _settle(connection, wanted, how=How.SUGGESTED, by=by)


def set_match(connection: Connection, sort: str, ours: str, theirs: str | None, *, by: User) -> None:
    """From now on `ours` is sent as `theirs`; None: as it is. Raises PermissionDenied."""
    set_matches(connection, {(sort, ours): theirs}, by=by)


@transaction.atomic
def set_matches(connection: Connection, chosen: Mapping[Word, str | None], *, by: User) -> int:
    """Several at once, {(sort, ours): theirs or None}; how many are different now.

    Raises PermissionDenied, and ValueError for what is no sort or too long to be kept.
    """
    require(by, MANAGE_ADDONS, connection.company)
    rows = {(row.sort, row.ours): row for row in state_of(connection, counted=False).rows}
    same = {word for word, row in rows.items() if row.how == How.EXACT and chosen.get(word) == row.ours}
    taken = {
        word: theirs for word, theirs in chosen.items() if theirs and _is_suggested(rows.get(word), theirs)
    }
    rest = {word: theirs for word, theirs in chosen.items() if word not in taken}
    taken = {word: theirs for word, theirs in taken.items() if word not in same}
    return _settle(connection, taken, how=How.SUGGESTED, by=by) + _settle(
        connection, rest, how=How.PERSON, by=by
    )


@transaction.atomic
def link_near(pair: NearContact, *, by: User) -> bool:
    """“The same contact”: nothing is sent, each side keeps its name until somebody changes it.

    Raises PermissionDenied. False if one of them was linked or decided meanwhile.
    """
    require(by, MANAGE_ADDONS, pair.connection.company)
    scope = scope_of(pair.connection)
    still = NearContact.objects.select_for_update(of=("self",)).filter(pk=pair.pk, decision=Decision.OPEN)
    found = still.select_related("contact").first()
    if found is None or _is_linked(found):
        return False
    link_contact(scope, found.contact, found.xero_id, ContactFields(found.name, found.email))
    _decide(found, Decision.LINKED, f"{by} linked {found.contact} with {found.name} in Xero.", by)
    return True


@transaction.atomic
def keep_apart(pair: NearContact, *, by: User) -> bool:
    """“Two contacts”: never asked again. Raises PermissionDenied."""
    require(by, MANAGE_ADDONS, pair.connection.company)
    found = NearContact.objects.select_for_update().filter(pk=pair.pk, decision=Decision.OPEN).first()
    if found is None:
        return False
    _decide(found, Decision.APART, f"{by} kept {found.contact} apart from {found.name} in Xero.", by)
    return True


def _is_suggested(row: Row | None, theirs: str) -> bool:
    return row is not None and row.suggestion is not None and row.suggestion.theirs == theirs


def _decide(found: NearContact, decision: NearContact.Decision, says: str, by: User) -> None:
    found.decision, found.by, found.at = decision, by, now()
    found.save(update_fields=["decision", "by", "at"])
    record(found.connection, "contact_matched", says, by=by, before=facts(found.connection))


def _is_linked(pair: NearContact) -> bool:
    links = ContactLink.objects.filter(connection=pair.connection, xero_id__isnull=False)
    return links.filter(Q(contact=pair.contact) | Q(xero_id=pair.xero_id)).exists()


def _settle(connection: Connection, chosen: Mapping[Word, str | None], *, how: How, by: User) -> int:
    """Only what is different from before is written, and told in one event."""
    Connection.objects.select_for_update(of=("self",), no_key=True).get(pk=connection.pk)
    held = {(row.sort, row.ours): row for row in Match.objects.filter(connection=connection)}
    changed = []
    for (sort, ours), theirs in chosen.items():
        wanted, why = theirs or ours, how if theirs else How.KEPT
        _check(sort, ours, wanted)
        before = held.get((sort, ours))
        if before is not None and (before.theirs, before.how == How.KEPT) == (wanted, why == How.KEPT):
            continue
        Match.objects.update_or_create(
            connection=connection,
            sort=sort,
            ours=ours,
            defaults={"theirs": wanted, "how": why, "by": by, "at": now()},
        )
        _try_again(connection, sort, before.theirs if before else ours, wanted)
        changed.append(_told(sort, ours, wanted))
    if changed:
        says = f"{by} matched {len(changed)} with Xero: {'; '.join(changed)}"
        record(connection, "matched", says, by=by, before=facts(connection))
    return len(changed)


def _check(sort: str, ours: str, theirs: str) -> None:
    if sort not in Sort.values or not ours or max(len(ours), len(theirs)) > LONGEST:
        raise ValueError(f"no match: {sort} {ours!r} {theirs!r}")
    if sort == Sort.TRACKING_OPTION and (BETWEEN not in ours or BETWEEN not in theirs):
        raise ValueError(f"no tracking option: {ours!r} {theirs!r}")


def _told(sort: str, ours: str, theirs: str) -> str:
    if sort == Sort.TRACKING_OPTION:
        ours, theirs = ": ".join(option_of(ours)), ": ".join(option_of(theirs))
    return f"{ours} is {theirs}" if ours != theirs else f"{ours} as it is"


def _try_again(connection: Connection, sort: str, before: str, wanted: str) -> None:
    """Problems that name what was sent until now. What is still wrong comes back as a problem."""
    if before == wanted:
        return
    sent = option_of(before)[1] if sort == Sort.TRACKING_OPTION else before
    about = Q(subject=sent) | Q(xero_says__contains=f"'{sent}'")
    causes = [Cause.ACCOUNT_CODE, Cause.TAX_TYPE]
    if sort in (Sort.TRACKING_CATEGORY, Sort.TRACKING_OPTION):
        causes = [Cause.VALIDATION]
    for problem in Problem.objects.filter(about, connection=connection, cause__in=causes, closed_at=None):
        release(problem)
