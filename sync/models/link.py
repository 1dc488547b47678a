from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.portfolio.models import Contact
from sync.models.problem import Problem


class DocumentLink(models.Model):
    """What sync knows of one document: Xero's id, the two bases, and what blocks it.

    `base_ours` is what we held when both sides last agreed, `base_theirs` what Xero answered then,
    both in the canonical fields of `sync.canonical`. With one base, a value that Xero normalises
    would be pushed for ever (docs/protocols.md 3).
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="link")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="links")
    xero_id = models.UUIDField(null=True)
    base_ours = models.JSONField(null=True)
    base_theirs = models.JSONField(null=True)
    agreed_date = models.DateField(null=True, help_text="The document date both sides last agreed to.")
    agreed_at = models.DateTimeField(null=True)
    line_ids = models.JSONField(default=dict, help_text="{our line key: Xero’s LineItemID}")
    blocked_revision = models.PositiveIntegerField(null=True, help_text="Refused or held at this revision.")
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="links")
    former_ids = models.JSONField(
        default=list, help_text="Xero’s ids given up on purpose: ended there, made anew by a person’s choice."
    )
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "xero_id"],
                condition=Q(xero_id__isnull=False),
                name="one_link_per_xero_document",
            )
        ]
        indexes = [
            # Asked for with every page of a pull, and most often there is none among very many.
            models.Index(fields=["connection"], name="link_given_up", condition=~Q(former_ids=[])),
        ]

    def __str__(self) -> str:
        return f"{self.document} and {self.xero_id or 'nothing in Xero yet'}"


class ContactLink(models.Model):
    """What sync knows of one contact."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True, related_name="link")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="contact_links")
    xero_id = models.UUIDField(null=True)
    base_ours = models.JSONField(null=True)
    base_theirs = models.JSONField(null=True)
    merged_to = models.UUIDField(null=True, help_text="Xero’s id of the contact it was merged into there.")
    blocked_revision = models.PositiveIntegerField(null=True)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="contact_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "xero_id"],
                condition=Q(xero_id__isnull=False),
                name="one_link_per_xero_contact",
            )
        ]
        indexes = [
            # Asked for with every page of contacts, and most often there is none among very many.
            models.Index(fields=["connection"], name="link_merged", condition=Q(merged_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.contact} and {self.xero_id or 'nothing in Xero yet'}"
