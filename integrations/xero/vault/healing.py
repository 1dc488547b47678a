"""What beat does for grants: finish what was started, settle doubt, keep idle ones alive.

A refresh whose answer was lost must be repeated inside Xero's 30 minutes of grace (A11), also on
a grant that nobody uses. A grant that stays idle for 60 days ends (A10), so it is refreshed after 45.
"""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from integrations.models import Grant
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import XeroError
from integrations.xero.vault.outcome import End
from integrations.xero.vault.rows import read
from integrations.xero.vault.timing import seconds, timing
from integrations.xero.vault.tokens import renew
from released import clock
from released.clock.database import database_now

logger = logging.getLogger(__name__)

AT_ONCE = 50
TIME_FOR_ALL = 60.0  # seconds; the rest at the next ring


def heal_due() -> int:
    """Refresh what is due, oldest claim first; how many are settled. Rung often, safe to run twice."""
    until = elapsed_clock() + TIME_FOR_ALL
    settled = 0
    for grant_id in [*due_for_healing(), *due_to_keep_alive()]:
        if elapsed_clock() >= until:
            break
        settled += heal(grant_id)
    return settled


def due_for_healing() -> list[int]:
    """Claims whose owner is gone, and doubt once every earlier request must have landed."""
    now = database_now()
    rested = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - seconds(timing().owner_lives))
    landed = Q(last_sent_at__isnull=True) | Q(last_sent_at__lte=now - seconds(timing().has_landed))
    open_ = Q(claim__isnull=False) | (Q(in_doubt=True) & landed)
    due = Grant.objects.filter(rested, open_, state=Grant.State.ALIVE).order_by("first_claimed_at", "pk")
    return list(due.values_list("pk", flat=True)[:AT_ONCE])


def due_to_keep_alive() -> list[int]:
    """Idle for so long that Xero would end them soon. A cool-down holds here."""
    idle = Q(refreshed_at__lte=clock.now() - timedelta(days=timing().idle_days))
    cool = Q(cool_until__isnull=True) | Q(cool_until__lte=database_now())
    due = Grant.objects.filter(idle, cool, state=Grant.State.ALIVE, claim__isnull=True, in_doubt=False)
    return list(due.order_by("refreshed_at").values_list("pk", flat=True)[:AT_ONCE])


def heal(grant_id: int) -> bool:
    """Refresh this grant once, whether or not its access token is still good; True when settled."""
    try:
        grant = read(grant_id)
        if grant.state == Grant.State.DEAD:
            return False
        outcome = renew(grant, is_healing=True)
        if outcome.end is End.FAILED:
            raise outcome.error()
    except XeroError as problem:
        logger.warning("grant %s not healed: %s", grant_id, problem)
        return False
    logger.info("grant %s: %s (open since %s)", grant_id, outcome.end.value, _since(grant.first_claimed_at))
    return outcome.end in (End.SAVED, End.DEAD)


def _since(moment: datetime | None) -> str:
    return moment.isoformat() if moment else "no claim"
