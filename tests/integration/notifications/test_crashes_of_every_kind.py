"""Killed at each step, also after the mail server's yes: the same for mails of every kind."""

import pytest
from django.core import mail as outbox_of

from integrations.xero.steps import listening
from notifications.models import Mail
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import round_
from tests.integration.notifications.every_kind import SCENES
from tests.integration.notifications.test_crashes import Killed, age_claims, kill_at

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = {
    "notices.written": 0,
    "notices.frozen": 0,
    "notices.claimed": 0,
    "notices.tried": 0,
    "notices.answered": 1,
}


@pytest.mark.parametrize("point", STEPS)
@pytest.mark.parametrize("kind", SCENES)
def test_no_mail_is_lost_and_none_repeated_under_another_id(cast: Cast, kind: str, point: str) -> None:
    SCENES[kind](cast)
    outbox_of.outbox.clear()
    with listening(kill_at(point)), pytest.raises(Killed):
        round_()
    assert len(outbox_of.outbox) == STEPS[point]
    if point not in ("notices.written", "notices.frozen"):
        assert round_() == []  # the claim may still have a living owner
    age_claims()
    (mail,) = round_()
    assert round_() == []
    row = Mail.objects.exclude(state=Mail.State.VOID).latest("frozen_at")
    assert (row.state, row.tries) == (
        Mail.State.SENT,
        2 if point in ("notices.tried", "notices.answered") else 1,
    )
    assert {one.extra_headers["Message-ID"] for one in outbox_of.outbox} == {row.message_id}
    assert (mail.subject, mail.body) == (row.subject, row.text)
