"""Settings → Manage integrations and add-ons: every company with its connection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations import access
from integrations.frequency import often_said, times_lost_by_connection
from integrations.halting import halt
from integrations.models import Connection, Episode
from integrations.showing import Shown, shown
from integrations.views.doors import not_permitted
from released.accounts.access import membership_of
from released.portfolio.access import companies as reached_companies
from released.portfolio.models import Company

Row = tuple[Company, Connection, Shown, Episode | None, str]
NEEDED_FIRST = ("revoked", "unavailable", "off", "connected")


@require_safe
def add_ons(request: HttpRequest) -> HttpResponse:
    membership = membership_of(request)
    companies = list(access.manageable_companies(membership))
    if not companies:
        return not_permitted(request, list(reached_companies(membership)[:20]))
    rows = rows_of(companies)
    lost = [row[0] for row in rows if row[1].state == Connection.State.REVOKED]
    unconnected = sum(row[1].state == Connection.State.DISCONNECTED for row in rows)
    context = {"rows": rows, "lost": lost, "unconnected": unconnected}
    return render(request, "integrations/add_ons.html", context)


def rows_of(companies: list[Company]) -> list[Row]:
    """What needs somebody first; three queries however many companies."""
    found = Connection.objects.filter(company__in=companies).select_related("grant", "connected_by")
    connections = {connection.company_id: connection for connection in found}
    opened = Episode.objects.filter(connection__company__in=companies, closed_at__isnull=True)
    episodes = {episode.connection_id: episode for episode in opened}
    often = times_lost_by_connection(connection.pk for connection in connections.values())
    rows, found_halt = list[Row](), halt()
    for company in companies:
        connection = connections.get(company.pk) or Connection(company=company)
        episode = episodes.get(connection.pk)
        said = often_said(often.get(connection.pk, 0))
        rows.append((company, connection, shown(connection, episode, found_halt), episode, said))
    return sorted(rows, key=lambda row: (NEEDED_FIRST.index(row[2].tone), row[0].name.casefold()))
