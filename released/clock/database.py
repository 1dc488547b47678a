"""The database's own clock, which all workers share and nobody shifts.

Ages and deadlines of leases, claims and deliveries are compared here and nowhere else, so that
two machines whose clocks differ can never both believe that they hold the same thing.
"""

from datetime import datetime

from django.db import connection, models
from django.db.models import Func


class ClockTimestamp(Func):
    """`clock_timestamp()`: real time, moving on inside a transaction, unlike `now()`."""

    function = "CLOCK_TIMESTAMP"
    template = "%(function)s()"
    output_field = models.DateTimeField()


def database_now() -> datetime:
    """The database server's present instant, aware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment
