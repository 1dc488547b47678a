"""Ringing for a turn once the transaction is committed. A lost bell does no harm: beat finds what is due."""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# Sent after commit with `connection_id`: there is something to do on this connection.
turn_wanted = Signal()


def ring(connection_id: int) -> None:
    """Ask for a turn. Sent after commit, so that the worker sees what it is rung for."""
    transaction.on_commit(
        partial(turn_wanted.send_robust, sender=None, connection_id=connection_id), robust=True
    )
