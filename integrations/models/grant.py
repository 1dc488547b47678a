from django.db import models
from django.db.models import Q

from integrations.encryption import EncryptedTextField


class Grant(models.Model):
    """One Xero user's consent to our app: tokens that belong to user and app, not to an organisation.

    Several connections can hang on it, in several accounts. Only the vault changes the token
    columns, under the row's lock (docs/protocols.md 1). `*_at` of claims are the database's
    clock; `expires_at`, `refreshed_at` and `rotated_at` are calendar time.
    """

    class State(models.TextChoices):
        ALIVE = "alive", "Alive"
        DEAD = "dead", "Dead"

    xero_user_id = models.UUIDField(unique=True)
    xero_user_name = models.CharField(max_length=200, blank=True)
    xero_user_email = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=5, choices=State, default=State.ALIVE)
    scopes = models.TextField(blank=True)

    access_token = EncryptedTextField(blank=True)
    refresh_token = EncryptedTextField(blank=True)
    previous_refresh_token = EncryptedTextField(
        blank=True, help_text="Spent for the current one; at a consent, the one current until then."
    )
    expires_at = models.DateTimeField(null=True, help_text="When the access token ends.")
    refreshed_at = models.DateTimeField(null=True, help_text="Last new tokens; 60 idle days end a grant.")

    claim = models.UUIDField(null=True, help_text="The refresh that was started and is not finished.")
    claimed_at = models.DateTimeField(null=True)
    first_claimed_at = models.DateTimeField(null=True, help_text="Of the first unfinished claim.")
    in_doubt = models.BooleanField(default=False, help_text="A rotation may have been lost; beat heals it.")
    last_sent_at = models.DateTimeField(null=True, help_text="Last refresh request that may have left us.")
    cool_until = models.DateTimeField(null=True, help_text="No refresh before; database clock.")
    failures = models.PositiveIntegerField(default=0)
    died_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["claimed_at"],
                name="grant_to_heal",
                condition=Q(state="alive") & (Q(claim__isnull=False) | Q(in_doubt=True)),
            ),
            models.Index(fields=["refreshed_at"], name="grant_to_keep_alive", condition=Q(state="alive")),
        ]

    def __str__(self) -> str:
        return f"Grant {self.pk} of Xero user {self.xero_user_id}"
