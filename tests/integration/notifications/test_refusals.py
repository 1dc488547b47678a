"""Whoever raised a document that Xero refused is told: the reason, the next step, once for each revision."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db.models import F

from integrations.models import Connection
from integrations.xero.steps import listening
from notifications.models import Mail
from notifications.stopping import tell_of_refusals
from released.accounts.models import Membership
from released.billing.models import Document
from released.clock import now
from sync.models import DocumentLink
from sync.problems import retry
from tests.factories import ConnectionFactory
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import round_, subjects
from tests.integration.notifications.refusing import refuse, refuse_again
from tests.integration.notifications.test_crashes import Killed, age_claims, kill_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connection(cast: Cast) -> Connection:
    return ConnectionFactory.create(company=cast.harbour_view, connected_by=cast.admin)


def test_the_author_is_told_the_reason_and_the_next_step(cast: Cast, connection: Connection) -> None:
    made = refuse(connection, cast.manager)
    (mail,) = round_()
    assert mail.to == [cast.manager.email]
    assert mail.subject == f"Harbour View Ltd: Xero refused invoice {made.number}"
    html = str(mail.alternatives[0].content)  # type: ignore[attr-defined]  # Django's own named tuple
    for text in (" ".join(str(mail.body).split()), html):
        assert "Account code 310 is archived or missing in Xero" in text
        assert "Choose another account code" in text
        assert f"{settings.SITE_URL}{made.get_absolute_url()}" in text
    assert mail.extra_headers["List-Unsubscribe"] == f"<{settings.SITE_URL}/settings/refused-documents/>"
    assert round_() == []


def test_documents_refused_together_share_one_mail(cast: Cast, connection: Connection) -> None:
    made = [refuse(connection, cast.manager) for _ in range(3)]
    (mail,) = round_()
    assert mail.subject == "Harbour View Ltd: Xero refused 3 documents"
    assert all(one.number in str(mail.body) for one in made)
    assert str(mail.body).count("Reason:") == 1


def test_many_refused_for_one_reason_say_it_before_the_first_five(cast: Cast, connection: Connection) -> None:
    made = [refuse(connection, cast.manager) for _ in range(7)]
    (mail,) = round_()
    text = " ".join(str(mail.body).split())
    order = ("Reason:", "Next step:", "Refused:", "and 2 more, all in the list")
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert sum(f"Invoice {one.number}," in text for one in made) == 5
    assert text.index("and 2 more") < text.index("Open what Xero refused")


def test_it_waits_for_what_else_is_refused(cast: Cast, connection: Connection) -> None:
    refuse(connection, cast.manager, ago=timedelta(seconds=settings.NOTICE_GATHER_SECONDS - 5))
    assert round_() == []


def test_once_a_day_for_those_who_prefer_it(cast: Cast, connection: Connection) -> None:
    tell_of_refusals(daily=True, by=cast.manager)
    refuse(connection, cast.manager, ago=timedelta(0))
    refuse(connection, cast.admin)
    assert {mail.to[0] for mail in round_()} == {cast.admin.email}
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        assert [mail.to[0] for mail in round_()] == [cast.manager.email]


def test_refused_again_at_the_same_revision_is_no_news(cast: Cast, connection: Connection) -> None:
    link = DocumentLink.objects.get(document=refuse(connection, cast.manager))
    round_()
    assert link.problem is not None
    retry(link.problem, by=cast.admin)
    refuse_again(link, ago=timedelta(minutes=3))
    assert round_() == []
    Document.objects.filter(pk=link.pk).update(revision=F("revision") + 1)
    refuse_again(DocumentLink.objects.get(pk=link.pk), ago=timedelta(minutes=3))
    assert len(round_()) == 1


@pytest.mark.parametrize("gone", ["unknown", "inactive", "left"])
def test_nobody_is_told_who_could_not_open_it(cast: Cast, connection: Connection, gone: str) -> None:
    refuse(connection, None if gone == "unknown" else cast.manager)
    if gone == "inactive":
        type(cast.manager).objects.filter(pk=cast.manager.pk).update(is_active=False)
    if gone == "left":
        Membership.objects.filter(user=cast.manager).update(is_active=False)
    assert round_() == []


def test_nothing_is_said_while_access_is_lost(cast: Cast, connection: Connection) -> None:
    refuse(connection, cast.manager)
    Connection.objects.update(state=Connection.State.REVOKED)
    assert round_() == []


def test_what_is_only_held_before_the_date_is_not_told(cast: Cast, connection: Connection) -> None:
    made = refuse(connection, cast.manager)
    DocumentLink.objects.filter(document=made).update(problem=None)
    assert round_() == []


def test_what_went_through_before_sending_is_never_mailed(cast: Cast, connection: Connection) -> None:
    first, second = refuse(connection, cast.manager), refuse(connection, cast.manager)
    with listening(kill_at("notices.claimed")), pytest.raises(Killed):
        round_()
    DocumentLink.objects.filter(document=first).update(blocked_revision=None, problem=None)
    age_claims()
    assert subjects(round_() + round_()) == [f"Harbour View Ltd: Xero refused invoice {second.number}"]


@pytest.mark.parametrize(
    ("point", "arrived"),
    [("notices.frozen", 0), ("notices.claimed", 0), ("notices.tried", 0), ("notices.answered", 1)],
)
def test_killed_at_each_step_loses_nothing(
    cast: Cast, connection: Connection, mailoutbox: list[object], point: str, arrived: int
) -> None:
    refuse(connection, cast.manager)
    with listening(kill_at(point)), pytest.raises(Killed):
        round_()
    assert len(mailoutbox) == arrived
    age_claims()
    assert len(round_()) == 1
    assert round_() == []
    assert {mail.extra_headers["Message-ID"] for mail in mailoutbox} == {  # type: ignore[attr-defined]
        Mail.objects.get().message_id
    }
