"""A look-up that Xero refuses is made again after a while, and the turn goes on with everything else.

Its things stay in it, so nothing of them is sent meanwhile, and the company's page goes on saying that they
are not answered for. Until when is kept with the delivery, by the database's clock.
"""

from datetime import timedelta

from django.db.models import DateTimeField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from released.clock.database import ClockTimestamp, database_now
from sync.models import Delivery

RESTS = timedelta(minutes=15)
UNTIL = "rests_until"


def rest(delivery: Delivery) -> None:
    """In a settling transaction."""
    until = (database_now() + RESTS).isoformat()
    Delivery.objects.filter(pk=delivery.pk).update(outcome=delivery.outcome | {UNTIL: until})


def rested() -> Q:
    """The deliveries that do not rest."""
    until = Cast(KT(f"outcome__{UNTIL}"), DateTimeField())
    return ~Q(outcome__has_key=UNTIL) | Q(LessThanOrEqual(until, ClockTimestamp()))
