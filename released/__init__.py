"""Released: property accounting for many firms, kept the same in Xero. Knows nothing of Xero itself."""

from released.celery import app as celery_app

__all__ = ["celery_app"]
