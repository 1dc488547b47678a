"""Disconnect App is seen within a minute, also when no document moves, at the price of one call a round.

The app's own list shows every connection at once. What is missing from it is only suspected: each
one is confirmed with its own permission before anybody is alarmed, and when more than two in a
hundred vanish at once the list itself is suspected and not used as evidence. Where the app's list
is not to be had, each person's own list is asked in turn (`integrations.watch_people`).
"""

import logging
import time
from uuid import UUID

from django.core.cache import cache

from integrations import pacing
from integrations.app_list import AppList, app_list
from integrations.confirming import Finding, confirm
from integrations.evidence import sight
from integrations.health import settle_causes
from integrations.installation import look
from integrations.models import Connection
from integrations.transitions import LIVE
from integrations.watch_people import watch_people
from integrations.xero.errors import XeroError

logger = logging.getLogger(__name__)
ROUND_SECONDS = 60.0
SUSPECT_SHARE = 0.02
SUSPECT_FROM = 3
PAUSE_FEW, PAUSE_MANY = 40, 600
FEW = 20


def watch_connections() -> int:
    """One round; returns how many connections were found to have lost their access."""
    if pacing.is_resting() or look() is not None:
        return 0
    # Ours first: a connection made between the two readings is then not missed by mistake.
    ours = dict(
        Connection.objects.filter(state__in=LIVE, is_stopped=False, xero_connection_id__isnull=False)
        .order_by("pk")
        .values_list("pk", "xero_connection_id")
    )
    listing = app_list()
    if not listing.is_known:
        return watch_people()
    logger.debug("the app's list: %s connections, %s bytes", len(listing.ids), listing.size)
    pacing.rest_after(listing.size)
    missing = missing_from(ours, listing)
    trusted = not is_suspect(len(missing), len(ours))
    lost = confirm_missing(missing, trusted=trusted)
    settle_causes(listing)
    return lost


def confirm_missing(missing: list[int], *, trusted: bool) -> int:
    """Confirm each within the round's time; what is left over is missing in the next round too."""
    until = time.monotonic() + ROUND_SECONDS
    pause = PAUSE_FEW if len(missing) <= FEW else PAUSE_MANY
    return sum(_confirm(pk, trusted=trusted, pause=pause) for pk in missing if time.monotonic() < until)


def missing_from(ours: dict[int, UUID | None], listing: AppList) -> list[int]:
    """Which of our connections the list does not hold; none, when it could not be read whole."""
    return [pk for pk, connection_id in ours.items() if listing.holds(connection_id) is False]


def is_suspect(missing: int, total: int) -> bool:
    """Too many at once: more likely a fault of the list than so many people pressing Disconnect."""
    return missing >= SUSPECT_FROM and missing > total * SUSPECT_SHARE


def _confirm(pk: int, *, trusted: bool, pause: int) -> bool:
    """Whether access is lost. One that was found intact is left alone for `pause` seconds, to spare calls."""
    if cache.get(_key(pk)):
        return False
    connection = Connection.objects.filter(pk=pk).first()
    if connection is None:
        return False
    seen = [sight("The connection was missing from the app’s own list.")]
    try:
        finding = confirm(connection, seen=seen, listed_for_app=False if trusted else None)
    except XeroError as problem:
        logger.info("connection %s could not be confirmed, asked again: %s", pk, problem)
        return False
    if finding is not Finding.LOST:
        cache.set(_key(pk), 1, pause)
    return finding is Finding.LOST


def _key(pk: int) -> str:
    return f"watch:intact:{pk}"
