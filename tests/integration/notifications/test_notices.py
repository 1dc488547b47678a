"""More permission is asked for, or access was lost too often: said once to whoever is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from integrations import transitions
from integrations.evidence import sight
from integrations.frequency import note_marking
from integrations.history import record
from integrations.models import Connection, Episode
from integrations.xero.steps import listening
from notifications.models import Mail
from released.accounts.models import Membership
from released.clock import now
from released.portfolio.models import Company
from tests.factories import ConnectionFactory
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import close, round_, subjects
from tests.integration.notifications.test_crashes import Killed, age_claims, kill_at
from tests.integration.notifications.test_pages import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
Lose = Callable[..., Episode]


def lacking(company: Company, cast: Cast) -> Connection:
    """A connection for which Xero has just asked for more permission."""
    made = ConnectionFactory.create(
        company=company, connected_by=cast.admin, connected_at=now() - timedelta(days=9)
    )
    evidence = [sight("a call", "insufficient scope")]
    return transitions.need_scopes(made, scopes={"accounting.contacts"}, evidence=evidence)


def often(lose: Lose, *, is_back: bool = True) -> Episode:
    """The third loss in thirty days, and the marking that it makes."""
    for days in (20, 10):
        close(lose(ago=timedelta(days=days)), at=now() - timedelta(days=days - 1))
    episode = lose()
    note_marking(episode.connection, episode)
    return close(episode) if is_back else episode


def test_missing_permission_is_told_once(cast: Cast) -> None:
    made = lacking(cast.harbour_view, cast)
    (mail,) = round_()
    assert mail.to == [cast.admin.email]
    assert mail.subject == "Harbour View Ltd: update permissions in Xero"
    link = f"{settings.SITE_URL}{reverse('xero-reconnect', args=[cast.harbour_view.pk])}"
    html = str(mail.alternatives[0].content)  # type: ignore[attr-defined]  # Django's own named tuple
    for text in (" ".join(str(mail.body).split()), html):
        assert link in text
        assert "Access is not lost" in text
        assert "missing: contacts (accounting.contacts)" in text
        assert "Only you were told" in text
    transitions.need_scopes(made, scopes={"accounting.settings.read"}, evidence=[sight("a call", "")])
    assert round_() == []


def test_several_companies_of_one_account_share_one_mail(cast: Cast) -> None:
    lacking(cast.harbour_view, cast)
    lacking(cast.castlegate, cast)
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd and Castlegate Estates Ltd: update permissions in Xero"
    assert f"{settings.SITE_URL}{reverse('add-ons')}" in str(mail.body)


def test_the_others_are_told_when_the_connecting_person_cannot_act(cast: Cast) -> None:
    lacking(cast.harbour_view, cast)
    Membership.objects.filter(user=cast.admin).update(is_active=False)
    assert [mail.to for mail in round_()] == [[cast.connector.email]]


def test_permissions_given_before_sending_are_never_mailed(cast: Cast) -> None:
    made = lacking(cast.harbour_view, cast)
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    Connection.objects.filter(pk=made.pk).update(missing_scopes="")
    age_claims()
    assert round_() == []
    assert Mail.objects.get().state == Mail.State.VOID


def test_lost_too_often_is_told_once_when_access_is_back(cast: Cast, lose: Lose) -> None:
    episode = often(lose, is_back=False)
    assert "Harbour View Ltd lost its access to Xero, the third time in 30 days" in subjects(round_())
    close(episode)
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd loses its access to Xero often: 3 times in 30 days"
    assert mail.to == [cast.admin.email]
    assert "diagnostics file" in str(mail.body)
    assert str(mail.body).count("away") == 3
    assert "often" not in " ".join(subjects(round_()))


@pytest.mark.parametrize("point", ["notices.frozen", "notices.claimed", "notices.tried", "notices.answered"])
def test_killed_at_each_step_loses_nothing(cast: Cast, mailoutbox: list[object], point: str) -> None:
    lacking(cast.harbour_view, cast)
    with listening(kill_at(point)), pytest.raises(Killed):
        round_()
    age_claims()
    assert len(round_()) == 1
    assert {mail.extra_headers["Message-ID"] for mail in mailoutbox} == {  # type: ignore[attr-defined]
        Mail.objects.get().message_id
    }


def test_an_event_of_something_else_is_never_mailed(cast: Cast) -> None:
    made = ConnectionFactory.create(company=cast.harbour_view, connected_by=cast.admin)
    record(made, "bound", "Daniel Okafor connected Harbour View Ltd in Xero.", by=cast.admin)
    assert round_() == []


def test_each_person_chooses_when_they_hear_of_refused_documents(cast: Cast) -> None:
    client, page = signed_in(cast.manager), reverse("refusal-mails")
    assert 'value="at-once" checked' in " ".join(client.get(page).content.decode().split())
    answer = client.post(page, {"when": "daily"}, follow=True)
    assert "once a day" in answer.content.decode()
    assert 'value="daily" checked' in " ".join(client.get(page).content.decode().split())
