"""Each person decides for themselves, per company, whether a lasting loss is recalled to them."""

from notifications.models import StoppedReminders
from released.accounts.models import User
from released.clock import now
from released.portfolio.models import Company


def stop_reminders(company: Company, *, by: User) -> None:
    StoppedReminders.objects.get_or_create(user=by, company=company, defaults={"at": now()})


def resume_reminders(company: Company, *, by: User) -> None:
    StoppedReminders.objects.filter(user=by, company=company).delete()


def are_stopped(company: Company, *, user: User) -> bool:
    return StoppedReminders.objects.filter(user=user, company=company).exists()
