from django.db import models
from django.db.models import Q

from integrations.models.grant import Grant
from released.accounts.models import Membership, User
from released.portfolio.models import Company


class Connection(models.Model):
    """One company and one Xero organisation. The bond outlives every state; only an operator releases it.

    State is changed by `integrations.transitions` alone. `all_time` is an old setting that no
    screen offers any more: then `sync_from` is empty and everything is in range.
    """

    class State(models.TextChoices):
        AWAITING_DATE = "awaiting_date", "Awaiting sync-from date"
        CONNECTED = "connected", "Connected"
        REVOKED = "revoked", "Access lost"
        DISCONNECTED = "disconnected", "Disconnected"

    class Numbering(models.TextChoices):
        XERO = "xero", "Take Xero’s number"
        OURS = "ours", "Keep our number"

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="connection")
    state = models.CharField(max_length=13, choices=State, default=State.DISCONNECTED)
    grant = models.ForeignKey(Grant, null=True, on_delete=models.PROTECT, related_name="connections")
    xero_tenant_id = models.UUIDField(null=True, unique=True, help_text="Xero’s id of the organisation.")
    xero_connection_id = models.UUIDField(null=True, help_text="Xero’s id of the connection; changes.")
    organisation_name = models.CharField(max_length=255, blank=True)
    organisation_class = models.CharField(max_length=30, blank=True)
    class_seen_at = models.DateTimeField(null=True)
    organisation_created_at = models.DateTimeField(null=True)
    base_currency = models.CharField(max_length=3, blank=True)
    period_lock_date = models.DateField(null=True)
    end_of_year_lock_date = models.DateField(null=True)
    connected_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    connected_at = models.DateTimeField(null=True)
    sync_from = models.DateField(null=True)
    all_time = models.BooleanField(default=False)
    numbering = models.CharField(max_length=4, choices=Numbering, default=Numbering.XERO)
    missing_scopes = models.CharField(max_length=500, blank=True)
    heard_at = models.DateTimeField(null=True, help_text="Last call that Xero answered well.")
    probe_due_at = models.DateTimeField(null=True, help_text="Next GET Organisation, if nothing is heard.")
    must_reconcile = models.BooleanField(
        default=False, help_text="Adopted with its database: compared before anything is sent."
    )
    is_stopped = models.BooleanField(default=False, help_text="An operator has stopped this connection.")

    class Meta:
        indexes = [
            models.Index(fields=["probe_due_at"], name="connection_to_probe", condition=Q(state="connected")),
            models.Index(fields=["xero_connection_id"], name="connection_by_xero_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="connected") | Q(sync_from__isnull=False) | Q(all_time=True),
                name="connected_has_a_sync_from_date",
            ),
            models.CheckConstraint(
                condition=Q(state="disconnected") | Q(xero_tenant_id__isnull=False),
                name="only_disconnected_has_no_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} and {self.organisation_name or 'Xero'}"

    def reached_by(self, membership: Membership) -> bool:
        return self.company.reached_by(membership)
