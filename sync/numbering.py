"""Choosing whose numbers new documents take, and what that cures."""

from django.db import transaction

from integrations.models import Connection
from integrations.numbering import set_numbering
from released.accounts.models import User
from sync.models import Problem
from sync.problems import release


@transaction.atomic
def choose_numbering(connection: Connection, numbering: Connection.Numbering, *, by: User) -> bool:
    """False when it was so already. Raises PermissionDenied.

    What Xero refused because another document holds our number is sent once more when Xero numbers.
    """
    if not set_numbering(connection, numbering, by=by):
        return False
    if numbering == Connection.Numbering.XERO:
        for problem in connection.problems.filter(cause=Problem.Cause.NUMBER, closed_at=None):
            release(problem)
    return True
