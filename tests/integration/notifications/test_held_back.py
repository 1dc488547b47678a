"""While the installation is paused only the operator is mailed; while sync is stopped, no news of it."""

from datetime import timedelta

import pytest
from django.core import mail as outbox_of

from integrations.installation import pause, take_over
from integrations.models import Connection, Installation, OperatorAlert
from integrations.stopping import start_all, stop_all
from notifications.freezing import freeze_due
from notifications.models import Mail
from notifications.sending import send_due
from released.clock import now
from sync.adopting import adopt
from tests.factories.cast import Cast
from tests.integration.notifications.conftest import round_, subjects
from tests.integration.notifications.every_kind import Scene, lose, operator, permission, recovered, refused

pytestmark = pytest.mark.django_db(transaction=True)
PAUSED = "Operator of localhost: This installation stands still"


def test_the_operator_hears_of_the_pause_once_and_nobody_of_anything(cast: Cast) -> None:
    lose(cast)
    operator(cast)
    pause("The database is in another place than before.")
    assert subjects(round_()) == [PAUSED]
    assert round_() == []
    assert outbox_of.outbox[0].to == ["support@released.example"]
    assert "The database is in another place than before." in str(outbox_of.outbox[0].body)


def test_a_mail_that_was_frozen_before_the_pause_stays_where_it_is(cast: Cast) -> None:
    lose(cast)
    freeze_due()
    pause("copied")
    assert send_due() == 0
    assert Mail.objects.get(kind=Mail.Kind.LOST).state == Mail.State.FROZEN


def test_after_adopting_people_are_mailed_once_their_companies_are_compared(cast: Cast) -> None:
    lose(cast)
    working = lose(cast, company=1).connection
    working.episodes.update(closed_at=now())
    Connection.objects.filter(pk=working.pk).update(state=Connection.State.CONNECTED)
    pause("restored")
    OperatorAlert.objects.update(mailed_at=now())
    adopt(by=None)
    assert round_() == []
    Connection.objects.update(must_reconcile=False)
    assert subjects(round_()) == ["Harbour View Ltd lost its access to Xero"]


def test_a_company_that_cannot_be_compared_holds_mails_back_for_an_hour(cast: Cast) -> None:
    lose(cast)
    lose(cast, company=1).connection.episodes.update(closed_at=now())
    Connection.objects.filter(company=cast.castlegate).update(
        state=Connection.State.CONNECTED, must_reconcile=True
    )
    take_over()
    Installation.objects.update(adopted_at=now() - timedelta(minutes=59))
    assert round_() == []
    Installation.objects.update(adopted_at=now() - timedelta(minutes=61))
    assert subjects(round_()) == ["Harbour View Ltd lost its access to Xero"]


@pytest.mark.parametrize("scene", [permission, refused])
def test_while_all_is_stopped_no_mail_asks_for_what_would_change_nothing(cast: Cast, scene: Scene) -> None:
    scene(cast)
    stop_all(by=None, reason="Incident")
    assert round_() == []
    start_all(by=None, reason="Over")
    assert len(round_()) == 1


def test_an_all_clear_waits_for_the_comparison_while_stopped(cast: Cast) -> None:
    recovered(cast)
    connection = Connection.objects.get()
    connection.reconciliations.all().delete()
    connection.episodes.update(closed_at=now() - timedelta(hours=1))
    stop_all(by=None, reason="Incident")
    assert round_() == []
    start_all(by=None, reason="Over")
    assert subjects(round_()) == ["Harbour View Ltd is connected to Xero again"]
