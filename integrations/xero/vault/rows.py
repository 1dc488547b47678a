"""Reading and locking a grant's row."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from integrations.encryption import Unreadable
from integrations.models import Grant
from integrations.xero import alerts
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import AccessLost, Misconfigured
from integrations.xero.vault.timing import timing


def read(grant_id: int) -> Grant:
    """The grant as it is, unlocked. Raises AccessLost for one that is gone."""
    try:
        return Grant.objects.get(pk=grant_id)
    except Grant.DoesNotExist as problem:
        raise AccessLost from problem
    except Unreadable as problem:
        alerts.tell_operator("stored tokens fit none of TOKEN_ENCRYPTION_KEYS")
        raise Misconfigured("Stored tokens can’t be read with TOKEN_ENCRYPTION_KEYS.") from problem


@contextmanager
def locking(wait: float) -> Iterator[None]:
    """A durable transaction whose locks are waited for only so long and lost when it idles too long."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{wait * 1000:.0f}ms"])
            limit = f"{timing().idle_limit * 1000:.0f}ms"
            cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [limit])
        yield


def lock(grant_id: int) -> Grant | None:
    """NO KEY UPDATE: rows that point at the grant may be written meanwhile."""
    return Grant.objects.select_for_update(no_key=True).filter(pk=grant_id).first()


class Pulse:
    """The last sign that the lock was still ours.

    A process that is suspended between two lines loses its lock to the database's idle limit
    without noticing. So a sign is taken just before each sending, and its age, by a clock that
    does not stop, is looked at last.
    """

    def __init__(self) -> None:
        self._at = float("-inf")

    def take(self) -> None:
        """Raises when the database has dropped us."""
        at = elapsed_clock()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        self._at = at

    @property
    def is_fresh(self) -> bool:
        return elapsed_clock() - self._at < timing().pulse_lives
