from django.db import models
from django.db.models import Q

from integrations.models import Event, OperatorAlert
from notifications.models.mail import Mail
from released.accounts.models import User
from released.billing.models import Document


class MailEvent(models.Model):
    """One event of a connection in one mail. Unique by recipient, kind and event, until it is voided."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="events")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mails")
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Mail.Kind)
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "event"],
                condition=Q(is_void=False),
                name="one_mail_per_recipient_kind_event",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.event}"


class MailDocument(models.Model):
    """One refused revision of a document in one mail. Refused again at the same revision is no news."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "document", "revision"],
                condition=Q(is_void=False),
                name="one_mail_per_refused_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, revision {self.revision}"


class MailAlert(models.Model):
    """One alert in one mail to the operator. Unique by alert, until the mail is voided."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="alerts")
    alert = models.ForeignKey(OperatorAlert, on_delete=models.CASCADE, related_name="mails")
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert"], condition=Q(is_void=False), name="one_mail_per_operator_alert"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail.subject}: {self.alert}"
