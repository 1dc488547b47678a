"""The doors of beat and of the bell. Everything due is a query: a missed ring costs one interval."""

from celery import shared_task

from notifications.freezing import freeze_due
from notifications.freezing_others import freeze_others
from notifications.holding_back import are_people_held_back, is_paused
from notifications.operator_alerts import freeze_alerts
from notifications.sending import send_due as send_frozen


@shared_task(name="notifications.send_due")
def send_due() -> None:
    """Freeze what is owed, then send what is frozen. What people are owed may have to wait."""
    try:
        freeze_alerts(only_paused=is_paused())
        if not are_people_held_back():
            freeze_due()
            freeze_others()
    finally:  # a mail that cannot be written must not keep those that are written from going out
        send_frozen()
