"""Reminders of several companies: one mail each time, recalled when one of them is back, stopped for each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from integrations.models import Episode
from notifications.freezing import freeze_due
from notifications.models import Mail, MailEpisode, StoppedReminders
from notifications.stopping import stop_reminders
from released.clock import now
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import close, round_, subjects

pytestmark = pytest.mark.django_db
Lose = Callable[..., Episode]
Both = tuple[Episode, Episode]
NAMES = "Harbour View Ltd, Castlegate Estates Ltd"


@pytest.fixture
def both(cast: Cast, lose: Lose) -> Both:
    """Lost 100 seconds after each other; the mail about it has gone out."""
    first = lose(ago=timedelta(seconds=300))
    second = lose(cast.castlegate, ago=timedelta(seconds=200))
    assert len(round_()) == 1
    return first, second


def after(episode: Episode, **later: float) -> list[EmailMultiAlternatives]:
    with time_machine.travel(episode.opened_at + timedelta(**later), tick=True):
        return round_()


def test_each_reminder_is_one_mail_with_the_company_that_follows_within_two_minutes(both: Both) -> None:
    assert (mails := after(both[0], days=1, seconds=-5)) == []
    for days in ("1 day", "3 days", "7 days"):
        mails = after(both[0], days=int(days[0]), seconds=1)
        assert subjects(mails) == [f"Reminder: 2 companies have been without Xero for {days}: {NAMES}"]
        assert after(both[1], days=int(days[0]), seconds=1) == []
    assert "This is the last reminder" in str(mails[0].body)
    assert after(both[0], days=20) == []
    rows = MailEpisode.objects.exclude(kind=Mail.Kind.LOST)
    assert (rows.count(), rows.values("mail").distinct().count()) == (6, 3)


def test_a_company_lost_hours_later_is_reminded_of_by_itself(cast: Cast, lose: Lose) -> None:
    first, second = lose(ago=timedelta(hours=3)), lose(cast.castlegate, ago=timedelta(minutes=5))
    assert len(round_()) == 2
    for episode, company in ((first, "Harbour View Ltd"), (second, "Castlegate Estates Ltd")):
        mails = after(episode, days=1, minutes=5)
        assert subjects(mails) == [f"Reminder: {company} has been without Xero for 1 day"]


def test_one_is_back_before_the_mail_goes_out_and_the_other_is_reminded_of_alone(both: Both) -> None:
    with time_machine.travel(both[0].opened_at + timedelta(days=1, minutes=5), tick=True):
        (frozen,) = freeze_due()
        close(both[0], at=now())
        mails = round_() + round_()
        frozen.refresh_from_db()
        assert frozen.state == Mail.State.VOID
        assert "Reminder: Castlegate Estates Ltd has been without Xero for 1 day" in subjects(mails)
        assert not [one for one in subjects(mails) if NAMES in one]
        assert round_() == []


def test_who_stopped_reminders_of_one_is_reminded_of_the_other(cast: Cast, both: Both) -> None:
    stop_reminders(cast.harbour_view, by=cast.admin)
    about = "has been without Xero for 1 day"
    assert subjects(after(both[1], days=1, minutes=5)) == [f"Reminder: Castlegate Estates Ltd {about}"]


def test_the_mail_leads_to_one_page_at_which_all_of_them_can_be_stopped(cast: Cast, both: Both) -> None:
    (mail,) = after(both[0], days=1, minutes=5)
    path = reverse("reminders-of-lost", args=[cast.harbour_view.pk])
    assert mail.extra_headers["List-Unsubscribe"] == f"<{settings.SITE_URL}{path}>"
    assert f"{settings.SITE_URL}{path}" in str(mail.body)
    client = Client()
    client.force_login(cast.admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(path).content.decode()
    assert page.count('name="shown"') == page.count("checked") == 2
    keys = [str(cast.harbour_view.pk), str(cast.castlegate.pk)]
    client.post(path, {"shown": keys, "company": keys[1:]})
    assert list(StoppedReminders.objects.values_list("company", flat=True)) == [cast.harbour_view.pk]
    client.post(path, {"shown": keys})
    assert after(both[0], days=3, minutes=5) == []
    client.post(path, {"shown": keys[:1], "company": keys[:1]})
    assert list(StoppedReminders.objects.values_list("company", flat=True)) == [cast.castlegate.pk]


def test_nobody_chooses_for_a_company_that_is_not_theirs(cast: Cast, both: Both) -> None:
    client = Client()
    client.force_login(cast.stranger, backend="django.contrib.auth.backends.ModelBackend")
    path = reverse("reminders-of-lost", args=[cast.harbour_view.pk])
    assert client.get(path).status_code == 404
    assert client.post(path, {"shown": [cast.harbour_view.pk]}).status_code == 404
    assert not StoppedReminders.objects.exists()
