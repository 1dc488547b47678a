"""Documents that Xero refused, told to whoever raised them: once for each revision that was refused.

Gathered per person and account: at once within the gathering of a few seconds (two minutes at most), or,
for those who prefer it, on the next morning. Only while the connection works: until then nothing they
could put right would reach Xero, and the mails about the loss say what is to be done first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from integrations.halting import is_anything_halted
from integrations.models import Connection
from notifications.due import TOGETHER
from notifications.models import DailyRefusals, Mail, MailDocument
from released.accounts.models import User
from released.accounts.permissions import VIEW
from released.billing.models import Document, DocumentEvent
from released.clock import now
from sync.models import DocumentLink, Problem

MORNING = time(8)
NEWS_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Refused:
    """One document at the revision that was refused. `since` is calendar time."""

    link: DocumentLink
    author: User
    since: datetime

    @property
    def document(self) -> Document:
        return self.link.document

    @property
    def zone(self) -> str:
        return self.document.company.timezone


def refused_links() -> QuerySet[DocumentLink]:
    """Refused as they are now, by Xero itself, over a connection that works."""
    if is_anything_halted():
        return DocumentLink.objects.none()
    found = DocumentLink.objects.filter(
        blocked_revision=F("document__revision"),
        excluded_at__isnull=True,
        problem__isnull=False,  # what is only held before the date has none
        problem__closed_at__isnull=True,
        document__created_by__isnull=False,
        connection__state=Connection.State.CONNECTED,
        connection__is_stopped=False,
    ).exclude(problem__cause__in=Problem.UNDECIDED)
    return found.select_related(
        "document__company__account", "document__contact", "document__created_by", "problem"
    )


def owed_refusals() -> list[Refused]:
    """What no mail is frozen for yet, the oldest first."""
    told = DocumentEvent.objects.filter(document=OuterRef("document"), what="refused").order_by("-at", "-pk")
    written = MailDocument.objects.filter(
        document=OuterRef("document"),
        revision=OuterRef("blocked_revision"),
        recipient=OuterRef("document__created_by"),
        is_void=False,
    )
    rows = refused_links().annotate(since=Subquery(told.values("at")[:1])).filter(~Exists(written))
    found = [one for row in rows.filter(since__gt=now() - NEWS_FOR) if (one := as_refused(row, row.since))]
    return sorted(found, key=lambda one: (one.since, one.document.pk))


def as_refused(link: DocumentLink, since: datetime) -> Refused | None:
    """None for an author who may no longer see it."""
    author = link.document.created_by
    if author is None or not may_be_told(author, link):
        return None
    return Refused(link, author, since)


def may_be_told(author: User, link: DocumentLink) -> bool:
    return author.is_active and author.has_perm(VIEW, link.document.company)


def ready_refusals(owed: Iterable[Refused], *, at: datetime, window: timedelta) -> list[list[Refused]]:
    """The groups whose mail is to be written now."""
    owed = list(owed)
    daily = set(DailyRefusals.objects.values_list("user_id", flat=True)) if owed else set()
    groups: dict[tuple[int, int], list[Refused]] = defaultdict(list)
    for one in owed:
        groups[one.author.pk, one.document.company.account_id].append(one)
    return [
        group
        for (person, _), group in groups.items()
        if at
        >= due_at([one.since for one in group], zone=group[0].zone, daily=person in daily, window=window)
    ]


def due_at(sinces: Sequence[datetime], *, zone: str, daily: bool, window: timedelta) -> datetime:
    """When the mail about these is written: the next morning, or once nothing new has come. Pure."""
    first = min(sinces)
    if daily:
        there = first.astimezone(ZoneInfo(zone))
        day = there.date() if there.time() < MORNING else there.date() + timedelta(days=1)
        return datetime.combine(day, MORNING, ZoneInfo(zone))
    return min(max(sinces) + min(window, TOGETHER), first + TOGETHER)


def is_refusal_owed(mail: Mail) -> bool:
    """Asked when the mail is claimed: every document in it is still refused at that revision."""
    about = mail.documents.count()
    rows = refused_links().filter(
        document__in=mail.documents.values("document"), document__created_by=mail.recipient_id
    )
    still = dict(mail.documents.values_list("document_id", "revision"))
    same = [row for row in rows if still.get(row.pk) == row.blocked_revision]
    person = mail.recipient
    if person is None or not about or len(same) != about:
        return False
    return all(may_be_told(person, row) for row in same)
