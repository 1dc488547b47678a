"""The conversation with a real mail server: what is certain, what is not, and never for long."""

import time
from collections.abc import Callable
from datetime import timedelta
from email import message_from_string

import pytest
from pytest_django import Settings

from integrations.models import Episode
from notifications import post
from notifications.freezing import freeze_due
from notifications.models import Mail
from notifications.post import Reply
from tests.integration.notifications.mail_server import DRIP, HANG_UP, MailServer, serving

pytestmark = pytest.mark.django_db
Lose = Callable[..., Episode]


@pytest.fixture
def frozen(lose: Lose) -> Mail:
    lose()
    (mail,) = freeze_due()
    return mail


def use(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("250 taken", Reply.TAKEN),
        ("451 not now", Reply.REFUSED),
        ("554 never", Reply.REFUSED),
        (HANG_UP, Reply.UNKNOWN),
    ],
)
def test_what_the_server_says_decides(settings: Settings, frozen: Mail, answer: str, reply: Reply) -> None:
    with serving(MailServer(to_text=answer)) as server:
        use(settings, server.port)
        assert post.post(frozen)[0] is reply
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_has_certainly_taken_nothing(settings: Settings, frozen: Mail) -> None:
    with serving(MailServer()) as server:
        port = server.port
    use(settings, port)
    reply, error = post.post(frozen)
    assert (reply, "Refused" in error) == (Reply.REFUSED, True)


def test_a_server_that_answers_drop_by_drop_is_not_waited_for(
    settings: Settings, frozen: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "SEND_SECONDS", 1)
    with serving(MailServer(to_text=DRIP)) as server:
        use(settings, server.port)
        began = time.monotonic()
        assert post.post(frozen)[0] is Reply.UNKNOWN
        assert time.monotonic() - began < timedelta(seconds=4).total_seconds()


def test_what_goes_out_is_text_and_html_with_its_headers(settings: Settings, frozen: Mail) -> None:
    with serving(MailServer()) as server:
        use(settings, server.port)
        post.post(frozen)
    message = message_from_string(server.taken[0])
    assert message["Message-ID"] == frozen.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == settings.SUPPORT_EMAIL
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
