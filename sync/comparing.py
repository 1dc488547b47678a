"""Compares both sides at the end of a thorough run, some days at a time, and keeps the result as proof.

Resumable: the report notes how far it is, so a large company is compared over many turns.
"""

from datetime import date

from integrations.xero.errors import Refused, Throttled
from released.clock import now
from sync.comparison.adding_up import add_up
from sync.comparison.begun import Begun, TooMuch, begun_in
from sync.comparison.comparing import compare_window
from sync.comparison.rows import their_row
from sync.comparison.sides import Theirs, read_theirs
from sync.comparison.windows import next_window
from sync.models import Reconciliation, Schedule
from sync.work import Work


def compare(work: Work) -> bool:
    """True when the comparison is complete, False when the turn ended first."""
    report = _report(work)
    while report.next_day is not None:
        if work.is_over:
            return False
        _compare_next(work, report, report.next_day)
    return True


def _report(work: Work) -> Reconciliation:
    """The one that is being made; one of an earlier run, which saw an older state, is begun anew.

    So is one of this run when something more thorough restarts it (`sync.phases`).
    """
    connection, start = work.scope.connection, work.scope.range.first_day
    open_one = Reconciliation.objects.filter(connection=connection, ended_at=None).first()
    if open_one is not None and open_one.run_id == work.run.pk and open_one.compared_from == _told(work):
        return open_one
    if open_one is not None:
        open_one.delete()
    return Reconciliation.objects.create(
        connection=connection, run=work.run, at=now(), compared_from=_told(work), next_day=start
    )


def _told(work: Work) -> date | None:
    return work.scope.range.start


def _compare_next(work: Work, report: Reconciliation, start: date) -> None:
    begun = begun_in(report, start, next_window(work.scope, start))
    try:
        ours, theirs, differences = compare_window(work, begun, _theirs(work, begun))
    except Throttled:
        begun.give_way(work)
        raise
    window = begun.window
    rows = [
        their_row(one) for one in theirs.values() if _is_within(one.fields.date, window.start, window.end)
    ]
    with work.settling("compare.noted"):
        report.months = add_up(report.months, ours.rows, rows, currency=work.scope.company.currency)
        report.differences = [*report.differences, *differences]
        report.compared += sum(row.is_counted for row in ours.rows)
        report.next_day, report.under_way = window.end, None
        if window.end is None:
            _finish(work, report)
        report.save()


def _theirs(work: Work, begun: Begun) -> Theirs:
    """Fewer days where Xero holds more of them than it lists at once (docs/xero.md C31), or than we do."""
    while True:
        try:
            return read_theirs(work, begun)
        except (Refused, TooMuch):
            cut = begun.middle
            if cut is None:
                raise
            begun.cut(work, cut)


def _is_within(day: date, start: date, end: date | None) -> bool:
    return day >= start and (end is None or day < end)


def _finish(work: Work, report: Reconciliation) -> None:
    report.ended_at, report.agrees = now(), not report.differences
    Schedule.objects.filter(pk=work.scope.connection.pk).update(compared_at=report.at)
