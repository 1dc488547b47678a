"""What is known of the connections of many companies at once, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from integrations.frequency import often_said, times_lost
from integrations.halting import halt
from integrations.models import Connection, Episode, Event
from released.clock import now
from released.portfolio.models import Company
from sync.holding import is_stuck
from sync.models import Reconciliation, Run
from sync.pages.condition import Condition, Facts, condition_of, syncing_of
from sync.pages.strip import LENGTH, Span, Strip, draw
from sync.pages.tally import Tally, tallies

CHANGES = ("bound", "disconnected", "released")
SPAN_KINDS = {Episode.Kind.LOST: "lost", Episode.Kind.UNAVAILABLE: "un"}


@dataclass(frozen=True)
class Overview:
    """One company at a glance."""

    company: Company
    connection: Connection | None
    condition: Condition
    syncing: Condition | None
    episode: Episode | None
    run: Run | None
    tally: Tally
    strip: Strip
    often: str = ""
    """3 times in 30 days; empty when that is not often."""

    @property
    def is_calm(self) -> bool:
        """Connected, so that there is nothing to press but to look."""
        return self.connection is not None and self.connection.state == Connection.State.CONNECTED

    @property
    def shown(self) -> Condition:
        """One pill where there is room for one: syncing stands in for connected, never for trouble."""
        return self.syncing if self.syncing and self.condition.tone == "connected" else self.condition


def overviews(companies: QuerySet[Company]) -> list[Overview]:
    """Every company's, those that need somebody first."""
    known = _Known(companies)
    return sorted(
        (known.overview(company) for company in companies), key=lambda one: (one.shown.rank, one.company.name)
    )


def overview(company: Company) -> Overview:
    return overviews(Company.objects.filter(pk=company.pk))[0]


class _Known:
    """What was read for a set of companies, by company."""

    def __init__(self, companies: QuerySet[Company]) -> None:
        mine = {"connection__company__in": companies}
        connections = Connection.objects.filter(company__in=companies).select_related(
            "grant", "connected_by", "company", "schedule"
        )
        self.connections = {one.company_id: one for one in connections}
        self.episodes = list(
            Episode.objects.filter(**mine).filter(_recent()).select_related("connection__grant")
        )
        self.runs = {run.connection_id: run for run in Run.objects.filter(**mine, ended_at__isnull=True)}
        compared = (
            Reconciliation.objects.filter(**mine, ended_at__isnull=False)
            .order_by("connection", "-at", "-pk")
            .distinct("connection")
        )
        self.compared = {one.connection_id: one for one in compared}
        self.changes = list(Event.objects.filter(**mine, what__in=CHANGES).order_by("at", "pk"))
        self.tallies = tallies(companies)
        self.now, self.halt = now(), halt()

    def overview(self, company: Company) -> Overview:
        connection, zone = self.connections.get(company.pk), ZoneInfo(company.timezone)
        key = connection.pk if connection else None
        mine = [one for one in self.episodes if one.connection_id == key]
        episode = next((one for one in mine if one.closed_at is None), None)
        tally, run = self.tallies.get(company.pk, Tally()), self.runs.get(key or 0)
        today = self.now.astimezone(zone).date()
        facts = Facts(
            connection, episode, run, self.compared.get(key or 0), tally.unconnected, today, self.halt,
            is_stuck=is_stuck(connection),
        )  # fmt: skip
        strip = self._strip(connection, mine, zone)
        often = often_said(times_lost(mine, at=self.now))
        condition, syncing = condition_of(facts, zone), syncing_of(facts)
        return Overview(company, connection, condition, syncing, episode, run, tally, strip, often)

    def _strip(self, connection: Connection | None, episodes: list[Episode], zone: ZoneInfo) -> Strip:
        today = self.now.astimezone(zone).date()
        changes = [one for one in self.changes if connection and one.connection_id == connection.pk]
        spans = [*_broken(episodes, zone), *_apart(changes, zone)]
        return draw(spans, today, since=_first_day(connection, changes, zone))


def _recent() -> Q:
    return Q(closed_at__isnull=True) | Q(closed_at__gte=now() - timedelta(days=LENGTH + 1))


def _broken(episodes: Iterable[Episode], zone: ZoneInfo) -> list[Span]:
    return [
        Span(
            SPAN_KINDS[Episode.Kind(one.kind)],
            _day(one.opened_at, zone),
            _day(one.closed_at, zone) if one.closed_at else None,
        )
        for one in episodes
    ]


def _apart(changes: list[Event], zone: ZoneInfo) -> list[Span]:
    """Days between a disconnection and the next consent."""
    spans, apart_since = [], None
    for change in changes:
        day = _day(change.at, zone)
        if change.what != "bound":
            apart_since = apart_since or day
        elif apart_since:
            spans.append(Span("off", apart_since, day - timedelta(days=1)))
            apart_since = None
    return [*spans, Span("off", apart_since, None)] if apart_since else spans


def _first_day(connection: Connection | None, changes: list[Event], zone: ZoneInfo) -> date | None:
    bound = next((one.at for one in changes if one.what == "bound"), None)
    first: datetime | None = bound or (connection.connected_at if connection else None)
    return _day(first, zone) if first else None


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
