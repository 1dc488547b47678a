"""Killed at each step of sending: no mail is lost, none doubled but after the mail server's yes."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend

from integrations.models import Episode
from integrations.xero.steps import listening
from notifications.claims import CLAIM_SECONDS, claim
from notifications.models import Mail, MailEpisode
from released.accounts.models import Membership
from released.clock.database import database_now
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import close, round_, subjects

pytestmark = pytest.mark.django_db(transaction=True)
Lose = Callable[..., Episode]
LOST = "Harbour View Ltd lost its access to Xero"


class Killed(BaseException):
    """Nothing catches it, as nothing catches a SIGKILL."""


def kill_at(point: str) -> Callable[[str], None]:
    def listener(reached: str) -> None:
        if reached == point:
            raise Killed

    return listener


def age_claims() -> None:
    """As if the claim's owner had been dead for long enough."""
    Mail.objects.update(claimed_at=database_now() - timedelta(seconds=CLAIM_SECONDS + 1))


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """The mail server's answers, as long as there are any; then it takes everything."""
    answers: list[Exception] = []
    taken = EmailBackend.send_messages

    def answer(backend: EmailBackend, messages: object) -> int:
        if answers:
            raise answers.pop(0)
        return taken(backend, messages)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return answers


@pytest.mark.parametrize(
    ("point", "arrived"),
    [("notices.frozen", 0), ("notices.claimed", 0), ("notices.tried", 0), ("notices.answered", 1)],
)
def test_killed_at_each_step_loses_nothing(
    lose: Lose, mailoutbox: list[object], point: str, arrived: int
) -> None:
    lose()
    with listening(kill_at(point)), pytest.raises(Killed):
        round_()
    assert len(mailoutbox) == arrived
    if point != "notices.frozen":
        assert round_() == []  # the claim may still have a living owner
    age_claims()
    assert subjects(round_()) == [LOST]
    assert round_() == []
    assert {mail.extra_headers["Message-ID"] for mail in mailoutbox} == {  # type: ignore[attr-defined]
        Mail.objects.get().message_id
    }


def test_a_loss_that_ends_before_sending_is_never_mailed(lose: Lose) -> None:
    episode = lose()
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    close(episode)
    age_claims()
    assert round_() == []
    assert Mail.objects.get().state == Mail.State.VOID


def test_a_voided_mail_owes_anew_what_is_still_open(cast: Cast, lose: Lose) -> None:
    first, _ = lose(), lose(cast.castlegate)
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    close(first)
    age_claims()
    assert subjects(round_() + round_()) == ["Castlegate Estates Ltd lost its access to Xero"]


def test_a_tried_mail_may_have_been_read_and_earns_its_all_clear(lose: Lose) -> None:
    episode = lose(ago=timedelta(hours=1))
    with listening(kill_at("notices.answered")), pytest.raises(Killed):
        round_()
    close(episode, at=episode.opened_at + timedelta(minutes=1))
    assert round_() == []  # the mail about the loss is still claimed
    age_claims()
    assert subjects(round_() + round_()) == ["Harbour View Ltd is connected to Xero again"]


def test_permission_is_asked_again_when_claiming(cast: Cast, lose: Lose) -> None:
    lose()
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    Membership.objects.filter(user=cast.admin).update(is_active=False)
    age_claims()
    assert {address for mail in round_() + round_() for address in mail.to} == {cast.connector.email}


def test_two_senders_never_hold_one_mail(lose: Lose) -> None:
    lose()
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    mail = Mail.objects.get()
    assert claim(mail.pk) is None


def test_two_senders_freeze_one_mail_between_them(lose: Lose, mailoutbox: list[object]) -> None:
    """The other sender freezes and sends the whole of it while the first is still writing."""
    lose()
    others: list[str] = []

    def interfere(reached: str) -> None:
        if reached == "notices.written" and not others:
            others.append("began")
            others.extend(subjects(round_()))

    with listening(interfere):
        round_()
    assert others == ["began", LOST]
    assert (len(mailoutbox), MailEpisode.objects.count()) == (1, 1)


def test_a_certain_refusal_takes_the_try_back_and_waits(lose: Lose, refusing: list[Exception]) -> None:
    refusing.append(SMTPDataError(451, b"not now"))
    episode = lose()
    assert round_() == []
    mail = Mail.objects.get()
    assert (mail.state, mail.tries, mail.refusals) == (Mail.State.FROZEN, 0, 1)
    assert mail.not_before is not None
    assert mail.not_before > database_now()
    assert "451" in mail.last_error
    Mail.objects.update(not_before=database_now())
    assert subjects(round_()) == [LOST]
    assert Mail.objects.get().about.get().episode == episode


def test_a_refused_mail_of_a_loss_that_ended_owes_no_all_clear(lose: Lose, refusing: list[Exception]) -> None:
    refusing.append(SMTPDataError(451, b"not now"))
    episode = lose(ago=timedelta(hours=1))
    round_()
    close(episode, at=episode.opened_at + timedelta(minutes=1))
    assert round_() + round_() == []


def test_a_lost_answer_is_tried_again_with_the_same_message_id(lose: Lose, refusing: list[Exception]) -> None:
    refusing.append(SMTPServerDisconnected("gone"))
    lose()
    assert round_() == []
    before = Mail.objects.get()
    assert before.tries == 1
    Mail.objects.update(not_before=database_now())
    (mail,) = round_()
    assert mail.extra_headers["Message-ID"] == before.message_id


def test_a_mail_server_that_is_down_loses_nothing(lose: Lose, refusing: list[Exception]) -> None:
    refusing.extend(ConnectionRefusedError("down") for _ in range(3))
    lose()
    for _ in range(3):
        assert round_() == []
        Mail.objects.update(not_before=database_now())
    assert subjects(round_()) == [LOST]


def test_a_sender_that_was_suspended_does_not_send(lose: Lose, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.0, 31.0])
    monkeypatch.setattr("notifications.sending.elapsed_clock", lambda: next(seconds))
    lose()
    assert round_() == []
    mail = Mail.objects.get()
    assert (mail.state, mail.tries) == (Mail.State.FROZEN, 0)
