"""What frames every page: the menu, the tabs of a section, and the state of sync in one line."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from integrations.halting import everything_stands_still
from integrations.models import Connection, Episode
from released.accounts.models import Membership
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.portfolio.access import companies
from sync.models import Run


@dataclass(frozen=True)
class Item:
    """One entry of the menu or of a row of tabs."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """One entry of the menu and the names of the addresses that belong to it."""

    label: str
    home: str
    names: tuple[str, ...]
    permissions: tuple[str, ...] = ()  # any of them opens it
    tabs: tuple[tuple[str, str], ...] = ()

    def is_open_to(self, membership: Membership) -> bool:
        return not self.permissions or any(membership.allows(one) for one in self.permissions)

    def holds(self, name: str) -> bool:
        return name == self.home or name.startswith(self.names)


FOLLOWING = (RESOLVE, MANAGE_ADDONS)
SECTIONS = (
    Section(
        "Home",
        "home",
        ("account-switch",),
        tabs=(("Companies", "home"), ("What needs doing", "sync-results")),
    ),
    Section(
        "Income and Expenses", "income-and-expenses", ("document", "sync-results", "conflict", "problem")
    ),
    Section(
        "Reconciliation",
        "reconciliation",
        ("reconciliation",),
        permissions=FOLLOWING,
        tabs=(("Both sides", "reconciliation"), ("Sync results", "sync-results")),
    ),
    Section(
        "Settings",
        "add-ons",
        ("add-ons", "xero"),
        permissions=(MANAGE_ADDONS,),
        tabs=(("Integrations and add-ons", "add-ons"),),
    ),
)


@dataclass(frozen=True)
class Tally:
    """How many of the person's companies are in which state, worst first."""

    tone: str
    count: int
    word: str

    @property
    def text(self) -> str:
        return f"{self.count} {self.word}"


def url_name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def section_of(request: HttpRequest) -> Section | None:
    return next((section for section in SECTIONS if section.holds(url_name(request))), None)


def menu(request: HttpRequest, membership: Membership) -> list[Item]:
    """The menu, without what the person may not use."""
    current = section_of(request)
    allowed = (section for section in SECTIONS if section.is_open_to(membership))
    return [Item(section.label, reverse(section.home), section is current) for section in allowed]


def tabs(request: HttpRequest, membership: Membership) -> list[Item]:
    """The tabs of the section the page belongs to."""
    section = section_of(request)
    if section is None or not section.is_open_to(membership):
        return []
    shown = (tab for tab in section.tabs if tab[1] != "sync-results" or _follows(membership))
    return [Item(label, reverse(home), home == section.home) for label, home in shown]


def _follows(membership: Membership) -> bool:
    return any(membership.allows(one) for one in FOLLOWING)


def tallies(membership: Membership) -> list[Tally]:
    """The state of the person's connections in one query; nothing for people who do not manage add-ons."""
    if not membership.allows(MANAGE_ADDONS):
        return []
    counts = _connections(membership).aggregate(
        lost=Count("pk", filter=Q(state="revoked")),
        stopped=Count("pk", filter=Q(state="connected", is_halted=True)),
        unavailable=Count("pk", filter=Q(state="connected", is_halted=False, is_away=True)),
        syncing=Count("pk", filter=Q(state="connected", is_halted=False, is_away=False, is_running=True)),
        connected=Count("pk", filter=Q(state="connected", is_halted=False, is_away=False, is_running=False)),
        waiting=Count("pk", filter=Q(state="awaiting_date")),
    )
    rows = (
        Tally("revoked", counts["lost"], "access lost"),
        Tally("unavailable", counts["unavailable"], "unavailable"),
        Tally("off", counts["stopped"], "stopped by an operator"),
        Tally("off", counts["waiting"], "needs a date"),
        Tally("syncing", counts["syncing"], "syncing"),
        Tally("connected", counts["connected"], "connected"),
    )
    return [row for row in rows if row.count]


def _connections(membership: Membership) -> QuerySet[Connection]:
    away = Episode.objects.filter(connection=OuterRef("pk"), kind="unavailable", closed_at__isnull=True)
    running = Run.objects.filter(connection=OuterRef("pk"), ended_at__isnull=True)
    return Connection.objects.filter(company__in=companies(membership)).annotate(
        is_away=Exists(away),
        is_running=Exists(running),
        is_halted=Q(is_stopped=True) | everything_stands_still(),
    )
