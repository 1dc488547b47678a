from django.db import models
from django.db.models import Q

from integrations.encryption import EncryptedTextField
from integrations.models.grant import Grant
from released.accounts.models import User
from released.portfolio.models import Company


class Consent(models.Model):
    """One way to Xero's page and back: the OAuth state, bound to session, person, company and purpose.

    Used once, expires. `exchange_started_at` is committed before the code is exchanged; while an
    exchange is unfinished and under a minute old, no grant is declared dead (docs/protocols.md 1).
    """

    class Purpose(models.TextChoices):
        CONNECT = "connect", "Connect"
        RECONNECT = "reconnect", "Reconnect"
        PERMISSIONS = "permissions", "Update permissions"
        TAKE_OVER = "take_over", "Take over"

    class Outcome(models.TextChoices):
        UNDER_WAY = "", "Under way"
        BOUND = "bound", "Bound"
        CHOOSE = "choose", "The person must choose"
        DENIED = "denied", "Denied at Xero"
        MISMATCH = "mismatch", "Another organisation was chosen"
        BOUND_HERE = "bound_here", "Kept by another company of the account"
        BOUND_ELSEWHERE = "bound_elsewhere", "Already connected elsewhere"
        NONE_GRANTED = "none_granted", "Xero granted no organisation"
        EXPIRED = "expired", "The code or the attempt had expired"
        UNAVAILABLE = "unavailable", "Xero did not answer"
        MISCONFIGURED = "misconfigured", "Our own credentials were refused"
        PAUSED = "paused", "The installation was paused meanwhile"
        FAILED = "failed", "What Xero answered could not be trusted"

    state_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the state, hex.")
    session_hash = models.CharField(max_length=64, help_text="SHA-256 of the session's own secret, hex.")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=11, choices=Purpose)
    nonce = EncryptedTextField()
    code_verifier = EncryptedTextField()
    created_at = models.DateTimeField(help_text="Database clock.")
    consumed_at = models.DateTimeField(null=True)
    exchange_started_at = models.DateTimeField(null=True, help_text="Database clock.")
    exchange_finished_at = models.DateTimeField(null=True)
    grant = models.ForeignKey(Grant, null=True, on_delete=models.SET_NULL, related_name="consents")
    offered = models.JSONField(
        default=list,
        help_text="Organisations to choose from, or the one refused: {id, xero_tenant_id, name, …}.",
    )
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True, default="")
    detail = models.CharField(
        max_length=200, blank=True, help_text="For the page: a company’s name, Xero’s word."
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["exchange_started_at"],
                name="consent_exchanging",
                condition=Q(exchange_started_at__isnull=False, exchange_finished_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.company} by {self.user}"
