"""Each person decides for themselves: reminders per company, and refused documents at once or once a day."""

from collections.abc import Collection, Iterable

from notifications.models import DailyRefusals, StoppedReminders
from released.accounts.models import User
from released.clock import now
from released.portfolio.models import Company


def stop_reminders(company: Company, *, by: User) -> None:
    StoppedReminders.objects.get_or_create(user=by, company=company, defaults={"at": now()})


def resume_reminders(company: Company, *, by: User) -> None:
    StoppedReminders.objects.filter(user=by, company=company).delete()


def are_stopped(company: Company, *, user: User) -> bool:
    return StoppedReminders.objects.filter(user=user, company=company).exists()


def choose_reminders(companies: Iterable[Company], *, wanted: Collection[int], by: User) -> None:
    """For each of these companies: on where its key is among `wanted`, else off."""
    for company in companies:
        (resume_reminders if company.pk in wanted else stop_reminders)(company, by=by)


def stopped_among(companies: Collection[int], *, user: User) -> set[int]:
    """The keys of those companies that the person wants no reminders about."""
    rows = StoppedReminders.objects.filter(user=user, company__in=companies)
    return set(rows.values_list("company_id", flat=True))


def tell_of_refusals(*, daily: bool, by: User) -> None:
    if daily:
        DailyRefusals.objects.get_or_create(user=by, defaults={"at": now()})
    else:
        DailyRefusals.objects.filter(user=by).delete()


def is_told_daily(user: User) -> bool:
    return DailyRefusals.objects.filter(user=user).exists()
