"""What this floor announces, after commit. A signal is only a bell: what is due is a query over facts."""

from django.dispatch import Signal

# Sent with `document_id` and `company_id` after every change of a document.
document_changed = Signal()
