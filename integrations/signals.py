"""Bells of this floor. The facts they ring about are in the database first; a lost bell costs one beat."""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

# Sent after commit with `connection_id`: its state, date, organisation or permission changed.
connection_changed = Signal()

# Sent INSIDE the releasing transaction with `connection`: what other floors know of the organisation that
# the company is released from (ids of documents over there) must go together with the bond.
organisation_released = Signal()

# Sent INSIDE the binding transaction with `connection`, where it kept to no organisation before: this may be
# one that the company was released from.
organisation_bound = Signal()


def ring(connection_id: int) -> None:
    """Send `connection_changed` once the current transaction is committed."""
    transaction.on_commit(partial(connection_changed.send, sender=None, connection_id=connection_id))
