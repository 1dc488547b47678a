from uuid import uuid4

from django.db import models
from django.db.models import Q

from integrations.models import Episode
from released.accounts.models import User


class Mail(models.Model):
    """One frozen email. Claimed, tried, settled; a crash can repeat it only with the same Message-ID.

    `claimed_at` and `not_before` are the database's clock; `frozen_at` and `sent_at` are calendar time.
    `tries` counts sendings that the person may have received, so a certain refusal takes its try back.
    Only a mail to the operator, who is an address and no user, has no recipient.
    """

    class Kind(models.TextChoices):
        LOST = "lost", "Access lost"
        REMINDER_1 = "reminder_1", "Reminder after one day"
        REMINDER_3 = "reminder_3", "Reminder after three days"
        REMINDER_7 = "reminder_7", "Reminder after seven days"
        RECOVERED = "recovered", "All clear"
        PERMISSION = "permission", "Update permissions"
        OFTEN_LOST = "often_lost", "Lost too often"
        REFUSED = "refused", "Documents that Xero refused"
        OPERATOR = "operator", "For the operator"

    class State(models.TextChoices):
        FROZEN = "frozen", "Frozen"
        CLAIMED = "claimed", "Claimed"
        SENT = "sent", "Sent"
        VOID = "void", "Void"

    id = models.UUIDField(primary_key=True, default=uuid4)
    recipient = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=7, choices=State, default=State.FROZEN)
    frozen_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True, help_text="After a refusal: next try not before this.")
    last_error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["frozen_at"], name="mail_to_send", condition=Q(state__in=["frozen", "claimed"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="operator") ^ Q(recipient__isnull=False), name="only_the_operator_is_no_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient or self.address}"


class MailEpisode(models.Model):
    """One episode in one mail. Unique by recipient, kind and episode, until the mail is voided."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="about")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="mails")
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Mail.Kind)
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "episode"],
                condition=Q(is_void=False),
                name="one_mail_per_recipient_kind_episode",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.episode}"
