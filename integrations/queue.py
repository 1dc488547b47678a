"""Several companies to reconnect or connect: one after the other, always with the next one at hand.

Where each company stands is read from its connection, so that the queue is right whoever did it, in
whichever tab. The session keeps only the person's choice: which companies they set out to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from integrations import access
from integrations.models import Connection
from released.accounts.models import Membership

State = Connection.State
SESSION_KEY = "companies_to_connect"
AT_MOST = 500


@dataclass(frozen=True)
class Turn:
    """One company that waits for somebody: what is to be done, and on which page it begins."""

    company_id: int
    company: str
    page: str
    act: str
    is_lost: bool


@dataclass(frozen=True)
class Queue:
    """How many of how many are done, and who is next. `waiting` is in the order in which they are offered.

    `connected` are the companies that need nobody, chosen or not.
    """

    waiting: tuple[Turn, ...]
    done: int
    connected: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        return self.done + len(self.waiting)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


def turn_of(company_id: int, company: str, state: str, *, is_bound: bool) -> Turn | None:
    """What a company needs; None when it is connected. Pure."""
    lost = state == State.REVOKED
    if state == State.CONNECTED:
        return None
    if state == State.AWAITING_DATE:
        return Turn(company_id, company, "xero-sync-from", f"Choose the date for {company}", lost)
    if is_bound:
        return Turn(company_id, company, "xero-reconnect", f"Reconnect {company}", lost)
    return Turn(company_id, company, "xero-connect", f"Connect {company}", lost)


def next_after(waiting: Sequence[Turn], company_id: int) -> Turn | None:
    """The one after this company, so that what was left out comes last; never the company itself. Pure."""
    others = [one for one in waiting if one.company_id != company_id]
    place = next((at for at, one in enumerate(waiting) if one.company_id == company_id), 0)
    return next(iter(others[place:] + others[:place]), None)


def queue_of(membership: Membership, session: SessionBase) -> Queue:
    """The companies that were chosen in this session and all that have lost access; two queries at most."""
    chosen = set(session.get(SESSION_KEY, ()))
    turns = turns_of(membership)
    waiting = tuple(one for one in turns.values() if one and (one.is_lost or one.company_id in chosen))
    connected = frozenset(company_id for company_id, one in turns.items() if one is None)
    return Queue(waiting, done=len(connected & chosen), connected=connected)


def turns_of(membership: Membership) -> dict[int, Turn | None]:
    """Every company whose add-ons the person may manage, the lost ones first, then by name."""
    companies = access.manageable_companies(membership).values_list("pk", "name")
    found = Connection.objects.filter(company__in=access.manageable_companies(membership))
    states = {row[0]: row[1:] for row in found.values_list("company_id", "state", "xero_tenant_id")}
    turns: dict[int, Turn | None] = {}
    for company_id, name in companies:
        state, organisation = states.get(company_id, (State.DISCONNECTED, None))
        turns[company_id] = turn_of(company_id, name, state, is_bound=organisation is not None)
    return dict(sorted(turns.items(), key=lambda item: place_of(item[1])))


def place_of(turn: Turn | None) -> tuple[bool, bool, str]:
    return (turn is None, not (turn and turn.is_lost), turn.company.casefold() if turn else "")


def choose_companies(session: SessionBase, membership: Membership, wanted: Sequence[str]) -> list[Turn]:
    """Remember what the person set out to do; what they may not manage or is connected is left out."""
    turns = turns_of(membership)
    chosen = [one for one in turns.values() if one and str(one.company_id) in set(wanted)][:AT_MOST]
    session[SESSION_KEY] = [one.company_id for one in chosen]
    return chosen
