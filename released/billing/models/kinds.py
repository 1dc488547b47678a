"""The closed vocabularies of a document, in accounting's terms."""

from django.db import models


class Kind(models.TextChoices):
    """What sort of document it is. Invoices and credit notes are income; the other two are expenses."""

    INVOICE = "invoice", "Invoice"
    BILL = "bill", "Bill"
    CREDIT_NOTE = "credit_note", "Credit note"
    SUPPLIER_CREDIT = "supplier_credit", "Supplier credit note"

    @property
    def is_income(self) -> bool:
        return self in (Kind.INVOICE, Kind.CREDIT_NOTE)

    @property
    def is_credit(self) -> bool:
        return self in (Kind.CREDIT_NOTE, Kind.SUPPLIER_CREDIT)

    @property
    def sign(self) -> int:
        """+1 where it adds to what the company has (invoice, supplier credit), -1 where it takes away."""
        return 1 if self in (Kind.INVOICE, Kind.SUPPLIER_CREDIT) else -1


class Status(models.TextChoices):
    """A document's status. PAID is never set here: it follows from what was paid."""

    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "Awaiting approval"
    AUTHORISED = "AUTHORISED", "Approved"
    PAID = "PAID", "Paid"
    VOIDED = "VOIDED", "Voided"
    DELETED = "DELETED", "Deleted"

    @property
    def is_final(self) -> bool:
        return self in (Status.PAID, Status.VOIDED, Status.DELETED)

    @property
    def is_undone(self) -> bool:
        """Voided or deleted: it counts for nothing."""
        return self in (Status.VOIDED, Status.DELETED)

    @property
    def stays_here(self) -> bool:
        """Not approved yet, so not for the books elsewhere unless it is already there."""
        return self in (Status.DRAFT, Status.SUBMITTED)


class LineAmountTypes(models.TextChoices):
    """Whether the lines' amounts contain the tax."""

    EXCLUSIVE = "Exclusive", "Tax exclusive"
    INCLUSIVE = "Inclusive", "Tax inclusive"
    NO_TAX = "NoTax", "No tax"
