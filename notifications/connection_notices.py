"""Notices about a connection that is not lost: more permission is asked for, or it was lost too often.

Owed by an event of the connection, once to each person who is told: whoever connected it, if they still
may act, else everybody who may. Asking for more permission is gathered into one mail per account; that it
was lost too often is said once access is back, since until then the mails about the loss say it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from integrations.halting import is_anything_halted
from integrations.models import Connection, Event
from notifications.models import Mail, MailEvent
from notifications.recipients import People
from released.accounts.models import User
from released.clock import now

Kind = Mail.Kind
KINDS = (Kind.PERMISSION, Kind.OFTEN_LOST)
OFTEN_UNTIL = timedelta(days=7)
BINDING = ("bound", "taken_over", "scopes_missing", "switched")
WORKING = Q(connection__state=Connection.State.CONNECTED, connection__is_stopped=False)


@dataclass(frozen=True)
class Notice:
    """One mail's worth to one person."""

    kind: Mail.Kind
    recipient: User
    events: tuple[Event, ...]


def owed_notices() -> Iterator[Notice]:
    """Everything that no mail is frozen for yet."""
    people = People()
    for person, event in unwritten(Kind.OFTEN_LOST, often_events(), people):
        yield Notice(Kind.OFTEN_LOST, person, (event,))
    gathered: dict[tuple[int, int], list[tuple[User, Event]]] = defaultdict(list)
    for person, event in unwritten(Kind.PERMISSION, permission_events(), people):
        gathered[person.pk, event.connection.company.account_id].append((person, event))
    for pairs in gathered.values():
        yield Notice(Kind.PERMISSION, pairs[0][0], tuple(event for _, event in pairs))


def events() -> QuerySet[Event]:
    """Events with what a mail needs; never the grant's tokens."""
    found = Event.objects.none() if is_anything_halted() else Event.objects.filter(WORKING)
    found = found.select_related("connection__company__account", "connection__connected_by")
    return found.order_by("at", "pk")


def often_events() -> Iterable[Event]:
    """Markings of the last days whose access is back."""
    return events().filter(what="often_lost", at__gt=now() - OFTEN_UNTIL)


def permission_events() -> Iterable[Event]:
    """For each connection that lacks permission the first event since it was bound."""
    lacking = events().exclude(connection__missing_scopes="").filter(what__in=BINDING)
    since = lacking.filter(at__gte=F("connection__connected_at"))
    first: dict[int, Event] = {}
    for event in since:
        first.setdefault(event.connection_id, event)
    return first.values()


def unwritten(kind: Mail.Kind, found: Iterable[Event], people: People) -> Iterator[tuple[User, Event]]:
    found = list(found)
    rows = MailEvent.objects.filter(kind=kind, event__in=found, is_void=False)
    written = set(rows.values_list("recipient_id", "event_id"))
    for event in found:
        for person in told(event.connection, people):
            if (person.pk, event.pk) not in written:
                yield person, event


def told(connection: Connection, people: People) -> list[User]:
    """Whoever connected it, if they may still act; else everybody who may."""
    able = people.able(connection.company)
    return [user for user in able if user.pk == connection.connected_by_id] or able


def is_notice_owed(mail: Mail) -> bool:
    """Asked when the mail is claimed: the same of every event in it, and the person still to be told."""
    people = People()
    about = list(events().filter(mails__mail=mail))
    if len(about) != mail.events.count():
        return False
    if mail.kind == Kind.PERMISSION and not all(one.connection.missing_scopes for one in about):
        return False
    return all(
        any(person.pk == mail.recipient_id for person in told(one.connection, people)) for one in about
    )
