from django.db import models

from released.accounts.models import User
from released.portfolio.models import Company


class StoppedReminders(models.Model):
    """A person who wants no reminders about a company; the first mail and the all-clear still come."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stopped reminders"
        constraints = [
            models.UniqueConstraint(fields=["user", "company"], name="reminders_stopped_once"),
        ]

    def __str__(self) -> str:
        return f"no reminders about {self.company} for {self.user}"


class DailyRefusals(models.Model):
    """A person who wants the documents that Xero refused gathered into one mail a day."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "daily refusals"

    def __str__(self) -> str:
        return f"refused documents once a day for {self.user}"
