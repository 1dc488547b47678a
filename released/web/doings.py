"""What needs a person, over all companies; and what happened today. Both for the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from integrations.models import Connection, Event
from released.accounts.models import Membership
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.clock import now
from released.portfolio.models import Company
from released.web.words import count_text
from sync.pages.overview import Overview
from sync.pages.undecided import open_conflicts, open_problems

LISTED = 8


@dataclass(frozen=True)
class Doing:
    """One thing to do: what, for which company, how many documents hang on it."""

    label: str
    url: str
    says: str
    documents: int

    @property
    def amount(self) -> str:
        return count_text(self.documents, "document") if self.documents else ""


@dataclass(frozen=True)
class Happening:
    """One line of today's timeline."""

    at: datetime
    says: str
    company: str
    tone: str
    zone: str


def doings(rows: Iterable[Overview], companies: QuerySet[Company], membership: Membership) -> list[Doing]:
    """Reconnect first, then causes by how many documents they stop, then conflicts."""
    found: list[Doing] = []
    if membership.allows(MANAGE_ADDONS):
        found += [doing for row in rows if (doing := _of_connection(row)) is not None]
    if membership.allows(RESOLVE):
        found += _of_problems(companies) + _of_conflicts(companies)
    return found[:LISTED]


def _of_connection(row: Overview) -> Doing | None:
    state = row.connection.state if row.connection else ""
    name, waiting = row.company.name, row.tally.waiting
    if state == Connection.State.REVOKED:
        url = reverse("xero-reconnect", args=[row.company.pk])
        return Doing(f"Reconnect {name}", url, "then its documents go out by themselves", waiting)
    if state == Connection.State.AWAITING_DATE:
        url = reverse("xero-sync-from", args=[row.company.pk])
        return Doing(f"Choose the sync-from date of {name}", url, "then sharing starts", waiting)
    return None


PAID_THERE, CHANGED_BOTH = "changed here, and paid or credited in Xero", "changed on both sides"


def _of_problems(companies: QuerySet[Company]) -> list[Doing]:
    rows = open_problems(companies).annotate(documents=Count("links")).select_related("connection__company")
    return [
        Doing(
            row.says.partition(". ")[0].rstrip("."),
            f"{reverse('sync-results')}#problem-{row.pk}",
            row.connection.company.name,
            row.documents,
        )
        for row in rows.order_by("-documents", "pk")[:LISTED]
    ]


def _of_conflicts(companies: QuerySet[Company]) -> list[Doing]:
    conflicts = open_conflicts(companies)
    return [
        Doing(
            f"{row.document} was {PAID_THERE if row.locked else CHANGED_BOTH}",
            reverse("conflict", args=[row.pk]),
            str(row.document.company),
            1,
        )
        for row in conflicts.select_related("document__company")[:LISTED]
    ]


TONES = {
    "access_lost": "revoked",
    "date_confirmed": "connected",
    "access_restored": "connected",
    "available": "connected",
}


def today(companies: QuerySet[Company]) -> list[Happening]:
    """The day's events of the connections, newest first."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    events = Event.objects.filter(connection__company__in=companies, at__gte=midnight)
    return [
        Happening(
            one.at,
            one.says,
            one.connection.company.name,
            TONES.get(one.what, ""),
            one.connection.company.timezone,
        )
        for one in events.select_related("connection__company")[:LISTED]
    ]
