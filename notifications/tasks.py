"""The doors of beat and of the bell. Everything due is a query: a missed ring costs one interval."""

from celery import shared_task

from notifications.freezing import freeze_due
from notifications.freezing_others import freeze_others
from notifications.sending import send_due as send_frozen


@shared_task(name="notifications.send_due")
def send_due() -> None:
    """Freeze what is owed, then send what is frozen."""
    try:
        freeze_due()
        freeze_others()
    finally:  # a mail that cannot be written must not keep those that are written from going out
        send_frozen()
