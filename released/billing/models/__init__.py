"""What is owed: invoices, bills and credit notes with their lines, and what was paid on them."""

from released.billing.models.chart import LedgerAccount, TaxRate, TrackingCategory, TrackingOption
from released.billing.models.document import Document
from released.billing.models.history import DocumentEvent
from released.billing.models.kinds import Kind, LineAmountTypes, Status
from released.billing.models.line_item import LineItem
from released.billing.models.numbering import NumberSequence
from released.billing.models.settlement import Settlement

__all__ = [
    "Document",
    "DocumentEvent",
    "Kind",
    "LedgerAccount",
    "LineAmountTypes",
    "LineItem",
    "NumberSequence",
    "Settlement",
    "Status",
    "TaxRate",
    "TrackingCategory",
    "TrackingOption",
]
