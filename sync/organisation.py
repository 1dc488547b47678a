"""Reads the organisation at the start of a thorough run: locks and chart decide what can be sent."""

from integrations.snapshot import keep_snapshot
from sync.deliveries.lost import try_suspects_again
from sync.matching.refreshing import refresh_chart
from sync.problems import release_free_numbers, release_never_settled, release_unlocked
from sync.work import Work


def read_organisation(work: Work) -> None:
    work.before_call()
    connection = work.scope.connection
    keep_snapshot(connection, work.books.organisation())
    connection.refresh_from_db(fields=["period_lock_date", "end_of_year_lock_date", "class_seen_at"])
    release_unlocked(connection)
    release_free_numbers(connection)
    release_never_settled(connection)
    try_suspects_again(connection)
    refresh_chart(work)
