"""A document's sync state in a colour, a shape and a word, and why it is not in Xero.

`state_of` is pure over `Facts`; `states_for` reads the facts of many documents in two queries. People who do
not manage add-ons are told that a document waits, not what is wrong: they can't act on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from integrations.halting import everything_stands_still
from integrations.models import Connection, Episode
from released.billing.models import Document
from released.web.words import clock_text, day_text, moment_text
from sync import standing
from sync.conditions import has_conflict
from sync.holding import is_stuck
from sync.models import DocumentLink, Problem

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class SyncState:
    """`why` answers the question that a document's note asks; `short` is a few words for a list.

    `is_there`: Xero has the document, so that only its latest change can be missing there.
    """

    kind: str
    word: str
    tone: str
    icon: str
    why: str
    short: str = ""
    is_there: bool = False

    @property
    def question(self) -> str:
        """What the note beneath a document's title asks."""
        if self.kind == standing.CONFLICT:
            return "Why is Xero’s different?"
        if not self.is_there:
            return "Why isn’t this in Xero?"
        if self.kind == standing.EXCLUDED:
            return "Why aren’t changes shared?"
        return "Why isn’t this change in Xero?"


@dataclass(frozen=True)
class Facts:
    """What a state is made from. `connection` is a Connection.State, `trouble` an Episode.Kind, or empty."""

    standing: str
    company: str
    number: str
    dated: date
    is_ended: bool = False
    connection: str = ""
    sync_from: date | None = None
    trouble: str = ""
    since: datetime | None = None
    problem: str = ""
    excluded_by: str = ""
    excluded_at: datetime | None = None
    zone: ZoneInfo = LONDON
    locale: str = "en-GB"
    is_halted: bool = False
    is_there: bool = False
    is_settled: bool = False
    is_locked: bool = False
    is_unseen: bool = False
    is_stuck: bool = False


def state_of(facts: Facts) -> SyncState:
    """The state, by the table below."""
    return replace(STATES[facts.standing](facts), is_there=facts.is_there)


def plain(state: SyncState) -> SyncState:
    """The state as told to somebody who does not manage add-ons: every wait alike, in one calm tone."""
    if state.kind != standing.WAITING:
        return state
    why = "It waits for Xero and goes there by itself. You can go on working; your changes are sent with it."
    return replace(state, tone="syncing", why=why, short="")


def _draft(facts: Facts) -> SyncState:
    if facts.is_ended:
        return SyncState("draft", "Stays here", "off", "excluded", "It was ended before it reached Xero.")
    why = "It is a draft: it goes to Xero once it is approved."
    return SyncState("draft", "Draft, stays here", "off", "draft", why)


def _in_xero(facts: Facts) -> SyncState:
    return SyncState("in_xero", "In Xero", "connected", "connected", f"It is in Xero as {facts.number}.")


def _not_connected(facts: Facts) -> SyncState:
    why = f"{facts.company} is not connected to Xero, so it stays here until it is."
    return SyncState("not_connected", "Not connected", "off", "off", why, "stays here")


def _waiting(facts: Facts) -> SyncState:
    waiting = SyncState("waiting", "Waiting for Xero", "unavailable", "waiting", "")
    if facts.trouble == Episode.Kind.LOST and facts.since:
        when = moment_text(facts.since, facts.zone, facts.locale)
        why = (
            f"{facts.company} lost its access to Xero on {when}; "
            "once the company is reconnected, it goes to Xero by itself."
        )
        return replace(waiting, why=why, short=f"access lost {clock_text(facts.since, facts.zone)}")
    if facts.trouble == Episode.Kind.UNAVAILABLE and facts.since:
        why = f"Xero is unavailable since {clock_text(facts.since, facts.zone)}; it is sent after that."
        return replace(waiting, why=why, short="Xero unavailable")
    if facts.connection == Connection.State.AWAITING_DATE:
        why = f"{facts.company} waits for its sync-from date; once that is confirmed, it is sent by itself."
        return replace(waiting, why=why, short="date to be confirmed")
    if facts.is_halted:
        why = (
            f"An operator has stopped the sync of {facts.company}; once that is over, it goes out by itself."
        )
        return replace(waiting, why=why, short="stopped by an operator")
    if facts.is_stuck:
        why = f"The sync of {facts.company} is stuck; it is tried again by itself, and then this goes out."
        return replace(waiting, why=why, short="sync is stuck")
    why = "It is in line and goes to Xero by itself, as a rule within seconds."
    return replace(waiting, tone="syncing", why=why)


def _sending(facts: Facts) -> SyncState:
    why = (
        "It is on its way to Xero. Should no answer come, we ask until it is certain whether it arrived, "
        "so that it is there once."
    )
    return SyncState("sending", "Sending now", "syncing", "syncing", why)


def _refused(facts: Facts) -> SyncState:
    why = f"Xero refused it. {facts.problem}".strip()
    return SyncState(
        "refused", "Refused by Xero", "revoked", "refused", why, facts.problem.partition(". ")[0]
    )


def _unclear(facts: Facts) -> SyncState:
    if facts.is_unseen:
        return SyncState(
            "unclear", "May be in Xero", "unavailable", "conflict", facts.problem, "Xero will not say"
        )
    why = f"It may be there already. {facts.problem}".strip()
    return SyncState("unclear", "May be in Xero", "unavailable", "conflict", why, "to be compared")


def _held(facts: Facts) -> SyncState:
    start = day_text(facts.sync_from, facts.locale) if facts.sync_from else ""
    why = (
        f"It is dated {day_text(facts.dated, facts.locale)}, before the sync-from date {start}: "
        "it stays visible on both sides, but changes to it are not shared."
    )
    return SyncState("held", "Before sync-from date", "off", "held", why, "changes are not shared")


def _conflict(facts: Facts) -> SyncState:
    if facts.is_locked:
        why = (
            "It was changed here, but Xero has payments or credits on it and allows no such change. Until "
            "somebody chooses, Xero keeps what it has, and what is due is shown as it is there."
        )
        return SyncState("conflict", "Conflict", "unavailable", "conflict", why, "paid or credited in Xero")
    why = "It was changed here and in Xero; until somebody chooses, neither side is overwritten."
    return SyncState("conflict", "Conflict", "unavailable", "conflict", why, "changed on both sides")


def _excluded(facts: Facts) -> SyncState:
    who = f" by {facts.excluded_by}" if facts.excluded_by else ""
    when = f" on {moment_text(facts.excluded_at, facts.zone, facts.locale)}" if facts.excluded_at else ""
    why = f"It was excluded from sync{who}{when}; it can be included again."
    if facts.is_settled and not facts.is_there:
        why += " Xero does not know its payments or credits: once included, it is raised there as unpaid."
    return SyncState("excluded", "Excluded", "off", "excluded", why, f"excluded{who}")


STATES = {
    standing.DRAFT: _draft,
    standing.IN_XERO: _in_xero,
    standing.NOT_CONNECTED: _not_connected,
    standing.WAITING: _waiting,
    standing.SENDING: _sending,
    standing.REFUSED: _refused,
    standing.UNCLEAR: _unclear,
    standing.HELD: _held,
    standing.CONFLICT: _conflict,
    standing.EXCLUDED: _excluded,
}


def states_for(documents: Iterable[Document]) -> dict[int, SyncState]:
    """The state of each document by its id; two queries however many there are."""
    ids = [document.pk for document in documents]
    rows = standing.with_standing(Document.objects.filter(pk__in=ids)).select_related(
        "company__connection__schedule", "link__problem", "link__excluded_by"
    )
    found = list(rows.annotate(all_halted=everything_stands_still(), is_locked=has_conflict(locked=True)))
    episodes = _open_episodes(found)
    return {row.pk: state_of(_facts(row, episodes)) for row in found}


def _open_episodes(documents: Sequence[Document]) -> dict[int, Episode]:
    companies = {document.company_id for document in documents}
    open_ones = Episode.objects.filter(connection__company__in=companies, closed_at__isnull=True)
    return {one.connection_id: one for one in open_ones}


def _facts(document: Document, episodes: dict[int, Episode]) -> Facts:
    company = document.company
    connection: Connection | None = getattr(company, "connection", None)
    link: DocumentLink | None = getattr(document, "link", None)
    episode = episodes.get(connection.pk) if connection else None
    return Facts(
        standing=document.standing,  # type: ignore[attr-defined]  # annotated by with_standing
        company=company.name,
        number=document.number,
        dated=document.date,
        is_ended=document.state.is_final,
        connection=connection.state if connection else "",
        sync_from=connection.sync_from if connection else None,
        trouble=episode.kind if episode else "",
        since=episode.opened_at if episode else None,
        problem=link.problem.says if link and link.problem else "",
        excluded_by=str(link.excluded_by or "") if link else "",
        excluded_at=link.excluded_at if link else None,
        zone=ZoneInfo(company.timezone),
        locale=company.locale,
        is_there=link is not None and link.xero_id is not None,
        is_locked=document.is_locked,  # type: ignore[attr-defined]
        is_unseen=bool(link and link.problem and link.problem.cause == Problem.Cause.UNSEEN),
        is_stuck=is_stuck(connection),
        is_settled=bool(document.amount_paid or document.amount_credited),
        is_halted=document.all_halted or (connection is not None and connection.is_stopped),  # type: ignore[attr-defined]
    )
