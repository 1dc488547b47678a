"""The one seam through which calendar time is read.

Dates, reminders, thirty-day windows, token expiry and schedules ask `now()` and `today()` here.
Under DEBUG all processes can be moved together (`manage.py clock --shift 3d`). Leases, claims
and deliveries never use this: they live by the database's own clock (`released.clock.database`).
"""

from released.clock.calendar import now, today

__all__ = ["now", "today"]
