"""The watch where the app's own list is not to be had: each person's own list is asked in turn.

Some apps may not list connections with their own credentials, and sometimes that list fails. Then
every grant's own list is asked about once a minute, one call for all the organisations of a Xero
user, as many in a round as its time allows. What is missing from it is confirmed like everything.
"""

import logging
import random
import time
from collections.abc import Iterator

from django.core.cache import cache

from integrations.asking import entry_of, listed_for
from integrations.confirming import Finding, confirm
from integrations.evidence import sight
from integrations.models import Connection, Grant
from integrations.transitions import LIVE
from integrations.xero.errors import XeroError

logger = logging.getLogger(__name__)
ROUND_SECONDS = 15.0
REST_SECONDS = 40


def watch_people() -> int:
    """One round over the grants that were not asked lately; how many connections were found lost."""
    until = time.monotonic() + ROUND_SECONDS
    return sum(_look_at(grant) for grant in _due() if time.monotonic() < until)


def _due() -> Iterator[Grant]:
    """Living grants in use, in no order, so that a round cut short is fair to all; each claimed once."""
    using = Connection.objects.filter(state__in=LIVE, is_stopped=False, grant__state=Grant.State.ALIVE)
    ids = list(using.values_list("grant", flat=True).distinct())
    random.shuffle(ids)
    for pk in ids:
        if cache.add(f"watch:person:{pk}", 1, REST_SECONDS):
            grant = Grant.objects.filter(pk=pk).first()
            if grant is not None:
                yield grant


def _look_at(grant: Grant) -> int:
    try:
        listing = listed_for(grant)
    except XeroError as problem:  # a dead permission is marked by the vault; the rest is no evidence
        logger.info("list of grant %s: %s", grant.pk, type(problem).__name__)
        return 0
    if not listing.is_complete:
        return 0
    ours = Connection.objects.filter(grant=grant, state__in=LIVE, is_stopped=False)
    return sum(_confirm(one) for one in ours if entry_of(listing, one) is None)


def _confirm(connection: Connection) -> bool:
    seen = [sight("The connection was missing from the connecting user’s list.")]
    try:
        return confirm(connection, seen=seen) is Finding.LOST
    except XeroError as problem:
        logger.info("connection %s could not be confirmed: %s", connection.pk, problem)
        return False
