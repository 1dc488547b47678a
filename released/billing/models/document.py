import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from released.accounts.models import Membership, User
from released.billing.models.kinds import Kind, LineAmountTypes, Status
from released.portfolio.models import Company, Contact, Tenancy
from released.revisions import BEHIND, Revised


def money(**options: Any) -> "models.DecimalField[Decimal, Decimal]":
    """A column for money in the document's currency, to the penny."""
    return models.DecimalField(max_digits=18, decimal_places=2, default=Decimal("0.00"), **options)


class Document(Revised):
    """An invoice, bill or credit note of one company.

    `number` is what people read: the local number until the books elsewhere give one of their
    own, if the company takes it. `uid` identifies the document outside this database.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=Kind)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    local_number = models.PositiveIntegerField(editable=False)
    number = models.CharField(max_length=255)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="documents")
    tenancy = models.ForeignKey(
        Tenancy, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    date = models.DateField()
    due_date = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    currency = models.CharField(max_length=3)
    line_amount_types = models.CharField(
        max_length=9, choices=LineAmountTypes, default=LineAmountTypes.EXCLUSIVE
    )
    subtotal = money()
    total_tax = money()
    total = money()
    amount_paid = money()
    amount_credited = money()
    amount_due = money(help_text="For a credit note: the credit that remains.")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "local_number"], name="local_number_is_unique"),
            models.CheckConstraint(
                condition=Q(revision__gte=F("shared_revision")), name="document_shared_at_most_its_revision"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-date", "-id"], name="document_list"),
            models.Index(fields=["company", "number"], name="document_number"),
            models.Index(
                fields=["company", "id"],
                name="document_pending",
                condition=BEHIND & ~Q(status__in=["DRAFT", "SUBMITTED"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    def reached_by(self, membership: Membership) -> bool:
        return self.company.reached_by(membership)

    @property
    def sort(self) -> Kind:
        """`kind` with its questions (is_income, is_credit, sign)."""
        return Kind(self.kind)

    @property
    def state(self) -> Status:
        """`status` with its questions (is_final, stays_here)."""
        return Status(self.status)

    @property
    def signed_total(self) -> Decimal:
        return self.total * self.sort.sign

    @property
    def signed_amount_due(self) -> Decimal:
        return self.amount_due * self.sort.sign

    @property
    def own_number(self) -> str:
        """The local number as people read it; it stays searchable when `number` is Xero's."""
        return str(self.local_number)

    @property
    def status_word(self) -> str:
        """The status as people say it: part paid, used up."""
        if self.status == Status.PAID and self.sort.is_credit:
            return "Used up"
        if self.status == Status.AUTHORISED and (self.amount_paid or self.amount_credited):
            return "Part used" if self.sort.is_credit else "Part paid"
        return str(self.get_status_display())

    def is_overdue(self, on: datetime.date) -> bool:
        """Whether money is still due on the day after its due date."""
        return bool(
            self.due_date and self.due_date < on and self.amount_due and self.status == Status.AUTHORISED
        )
