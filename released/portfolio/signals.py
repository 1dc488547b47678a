"""What this floor announces. A signal is only a bell: the fact is in the database first."""

from django.dispatch import Signal

# Sent inside the transaction, with `company`, so that what every company needs is there from the start.
company_created = Signal()
