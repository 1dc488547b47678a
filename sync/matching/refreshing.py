"""The chart in a run: read at the start of every thorough one, so that what can be used again is noticed."""

from datetime import timedelta

from django.db.models import Q

from integrations.models import Connection
from released.clock import now
from sync.causes import Refusal
from sync.matching.adopting import adopt_if_blank
from sync.matching.chart import option_of
from sync.matching.reading import keep_chart, read_chart, reading_of
from sync.matching.waking import Woken
from sync.models import ChartEntry, Problem, Run
from sync.models.matching import Sort
from sync.problems import release
from sync.work import Work

FRESH = timedelta(minutes=15)
Cause = Problem.Cause


def refresh_chart(work: Work) -> None:
    """Three calls, none when the consent has just read it. Whatever they end in, the run goes on."""
    connection = work.scope.connection
    if work.run.trigger == Run.Trigger.FIRST and _is_fresh(connection):
        return
    read = read_chart(work.books, work.before_call)
    with work.settling("chart.kept"):
        adopt_if_blank(connection, read)
        release_woken(connection, keep_chart(connection, read))


def release_woken(connection: Connection, woken: Woken) -> None:
    """Try again what was refused because of something that can be used now."""
    if not woken:
        return
    names: dict[str, list[str]] = {sort: [key for one, key in woken if one == sort] for sort in Sort}
    about = Q(cause=Cause.ACCOUNT_CODE, subject__in=names[Sort.ACCOUNT])
    about |= Q(cause=Cause.TAX_TYPE, subject__in=names[Sort.TAX_TYPE])
    for key in names[Sort.TRACKING_OPTION]:
        about |= Q(cause=Cause.VALIDATION, xero_says__contains=f"tracking option '{option_of(key)[1]}'")
    for problem in Problem.objects.filter(about, connection=connection, closed_at=None):
        release(problem)


def note_refused(connection: Connection, refusal: Refusal) -> None:
    """Xero has just said that this account can't be used: so it is until it changes there (`waking`)."""
    if refusal.cause != Cause.ACCOUNT_CODE or not refusal.subject:
        return
    rows = ChartEntry.objects.filter(connection=connection, sort=Sort.ACCOUNT, key=refusal.subject)
    for entry in rows.exclude(detail__has_key="refused"):
        entry.detail["refused"] = entry.detail.get("updated", "")
        entry.save(update_fields=["detail"])


def _is_fresh(connection: Connection) -> bool:
    reading = reading_of(connection)
    return reading is not None and reading.read_at is not None and abs(now() - reading.read_at) < FRESH
