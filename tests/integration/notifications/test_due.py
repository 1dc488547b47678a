"""Who gets which mail when: once per loss, gathered, recalled, and cleared."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from integrations.models import Connection, Episode
from notifications.models import Mail
from notifications.stopping import stop_reminders
from released.accounts.models import Membership
from released.billing.models import Kind
from released.clock import now
from sync.models import Reconciliation
from tests.factories import ConnectionFactory, document, line
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import close, round_, subjects

pytestmark = pytest.mark.django_db
Lose = Callable[..., Episode]


def test_one_mail_to_whoever_connected_it_and_never_again(cast: Cast, lose: Lose) -> None:
    episode = lose()
    for kind in (Kind.INVOICE, Kind.INVOICE, Kind.BILL):
        document(cast.harbour_view, kind)
    document(cast.harbour_view, Kind.CREDIT_NOTE, lines=(line("180.00"),))
    (mail,) = round_()
    assert mail.to == [cast.admin.email]
    assert mail.subject == "Harbour View Ltd lost its access to Xero"
    link = f"{settings.SITE_URL}/settings/add-ons/xero/{episode.connection.company_id}/reconnect/"
    html = str(mail.alternatives[0].content)  # type: ignore[attr-defined]  # Django's own named tuple
    for text in (str(mail.body), html):
        assert link in text
        assert "4 documents: £2,320.00 of income and £576.00 of expenses" in text
    assert round_() == []


def test_nothing_is_said_before_the_gathering_is_over(lose: Lose) -> None:
    lose(ago=timedelta(seconds=settings.NOTICE_GATHER_SECONDS - 5))
    assert round_() == []


def test_a_company_that_still_works_may_be_lost_next_and_is_waited_for(cast: Cast, lose: Lose) -> None:
    ConnectionFactory.create(company=cast.castlegate, connected_by=cast.admin)
    lose(ago=timedelta(seconds=100))
    assert round_() == []
    lose(cast.castlegate, ago=timedelta(seconds=settings.NOTICE_GATHER_SECONDS))
    (mail,) = round_()
    assert "2 companies" in str(mail.subject)


def test_an_outage_is_never_mailed(lose: Lose) -> None:
    lose(kind=Episode.Kind.UNAVAILABLE, cause=Episode.Cause.OUTAGE)
    assert round_() == []


def test_several_companies_lost_within_two_minutes_share_one_mail(cast: Cast, lose: Lose) -> None:
    lose(ago=timedelta(minutes=5))
    lose(cast.castlegate, ago=timedelta(minutes=4))
    (mail,) = round_()
    assert mail.subject == ("2 companies lost their access to Xero: Harbour View Ltd, Castlegate Estates Ltd")
    assert str(mail.body).count("/reconnect/") == 2
    assert f"/settings/add-ons/xero/{cast.harbour_view.pk}/reminders/all-lost/" in str(mail.body)


@pytest.mark.parametrize("gone", ["left", "inactive", "without permission", "never known"])
def test_the_others_are_told_when_the_connecting_person_cannot_act(cast: Cast, lose: Lose, gone: str) -> None:
    episode = lose()
    membership = Membership.objects.filter(user=cast.admin)
    if gone == "left":
        membership.update(is_active=False)
    elif gone == "inactive":
        type(cast.admin).objects.filter(pk=cast.admin.pk).update(is_active=False)
    elif gone == "without permission":
        membership.update(role=Membership.objects.get(user=cast.manager).role)
    else:
        Episode.objects.filter(pk=episode.pk).update(told=None)
    told = {address for mail in round_() for address in mail.to}
    assert told == {cast.connector.email} | ({cast.admin.email} if gone == "never known" else set())


def test_nobody_is_told_of_a_company_beyond_their_limits(cast: Cast, lose: Lose) -> None:
    Membership.objects.filter(user=cast.limited).update(role=Membership.objects.get(user=cast.admin).role)
    lose(cast.castlegate, told=None)
    assert cast.limited.email not in {address for mail in round_() for address in mail.to}


def test_reminders_after_one_three_and_seven_days_then_none(lose: Lose) -> None:
    episode = lose()
    seen = []
    for day in range(12):
        with time_machine.travel(episode.opened_at + timedelta(days=day, hours=1), tick=True):
            seen += [(day, mail.subject.split(" ")[0]) for mail in round_()]
    assert seen == [(0, "Harbour"), (1, "Reminder:"), (3, "Reminder:"), (7, "Reminder:")]


def test_a_reminder_says_how_to_stop_them_and_stopping_does(cast: Cast, lose: Lose) -> None:
    episode = lose()
    round_()
    with time_machine.travel(episode.opened_at + timedelta(days=1, hours=1), tick=True):
        (mail,) = round_()
    page = f"{settings.SITE_URL}/settings/add-ons/xero/{cast.harbour_view.pk}/reminders/"
    assert mail.extra_headers["List-Unsubscribe"] == f"<{page}>"
    assert page in str(mail.body)
    stop_reminders(cast.harbour_view, by=cast.admin)
    with time_machine.travel(episode.opened_at + timedelta(days=3, hours=1), tick=True):
        assert round_() == []


def test_after_downtime_only_the_latest_reminder_and_not_close_upon_the_first_mail(lose: Lose) -> None:
    episode = lose(ago=timedelta(days=4))
    assert subjects(round_()) == ["Harbour View Ltd lost its access to Xero"]
    assert round_() == []
    with time_machine.travel(now() + timedelta(hours=13), tick=True):
        assert subjects(round_()) == ["Reminder: Harbour View Ltd has been without Xero for 3 days"]
    assert Mail.objects.filter(about__episode=episode).count() == 2


def test_the_all_clear_waits_for_the_comparison_and_says_what_caught_up(lose: Lose) -> None:
    episode = close(lose())
    assert round_() == []  # nobody was told of the loss
    episode = lose()
    round_()
    close(episode)
    assert round_() == []  # still catching up
    Reconciliation.objects.create(
        connection=episode.connection, at=now(), ended_at=now(), compared=1142, agrees=True
    )
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd is back in step with Xero"
    assert "1,142 documents on both sides, no differences" in str(mail.body)
    assert "You reconnected Harbour View Ltd" in str(mail.body)
    assert round_() == []


def test_the_all_clear_does_not_wait_longer_than_half_an_hour(lose: Lose) -> None:
    episode = lose(ago=timedelta(hours=2))
    round_()
    close(episode, at=now() - timedelta(minutes=31))
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd is connected to Xero again"
    assert "still catching up" in str(mail.body)


def test_disconnecting_on_purpose_ends_the_loss_in_so_many_words(lose: Lose) -> None:
    episode = lose()
    round_()
    close(episode, how="disconnected")
    Connection.objects.filter(pk=episode.connection_id).update(state=Connection.State.DISCONNECTED)
    assert subjects(round_()) == ["Harbour View Ltd is disconnected from Xero"]


def test_frequent_losses_are_said_to_be_unusual(lose: Lose) -> None:
    for days in (20, 10):
        close(lose(ago=timedelta(days=days)), at=now() - timedelta(days=days - 1))
    lose()
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd lost its access to Xero, the third time in 30 days"
    assert "diagnostics file" in str(mail.body)
