from django.db import models

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.portfolio.models import Contact


class EarlierLink(models.Model):
    """A document's link with an organisation that its company was released from, as it was then.

    Were the company bound to the same organisation again without it, nothing would say which documents over
    there are ours (`sync.earlier`). The other fields are those of `DocumentLink`.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    xero_tenant_id = models.UUIDField(help_text="Xero’s id of the organisation.")
    shared_revision = models.PositiveIntegerField(help_text="Of the document, which Xero held then.")
    xero_id = models.UUIDField(null=True)
    base_ours = models.JSONField(null=True)
    base_theirs = models.JSONField(null=True)
    agreed_date = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    line_ids = models.JSONField(default=dict)
    former_ids = models.JSONField(default=list)
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "xero_tenant_id", "document"], name="one_earlier_link_per_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} and {self.xero_id or 'nothing in Xero'} in earlier books"


class EarlierContactLink(models.Model):
    """The same of a contact, whose name may have changed on either side since."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    xero_tenant_id = models.UUIDField(help_text="Xero’s id of the organisation.")
    shared_revision = models.PositiveIntegerField(help_text="Of the contact, which Xero held then.")
    xero_id = models.UUIDField()
    base_ours = models.JSONField(null=True)
    base_theirs = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "xero_tenant_id", "contact"], name="one_earlier_link_per_contact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} and {self.xero_id} in earlier books"
