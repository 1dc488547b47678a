"""Our own set-up refused: the operator is alerted, nobody is alarmed, and the page says whose fault it is."""

from datetime import timedelta

import pytest

from integrations.models import Connection, Episode, Grant
from integrations.probes import probe
from released.clock import now
from tests.factories.cast import Cast
from tests.flows import Person, text_of
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
REFUSED = '{"error":"invalid_client"}'


def test_the_page_says_so_while_it_lasts_and_no_longer(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    connection = admin.connect(cast.harbour_view)
    Grant.objects.update(expires_at=now() - timedelta(hours=1), failures=20)
    sandbox.do(
        "faults",
        action="answer",
        path="/connect/token",
        status=400,
        body=REFUSED,
        headers={"Content-Type": "application/json"},
    )
    probe(connection)
    probe(connection)  # cooling down after the refusal: still no outage of Xero's
    assert Grant.objects.filter(cool_until__lte=now() + timedelta(seconds=70)).exists()
    assert not Episode.objects.exists()
    page = text_of(admin.get("xero", cast.harbour_view))
    assert "the fault is ours" in page
    assert "Nothing needs doing: our operators have been told" in page
    assert "reconnect-banner" not in page
    connection.refresh_from_db()
    assert connection.state == Connection.State.CONNECTED

    Grant.objects.update(cool_until=None)
    probe(Connection.objects.get())
    assert "the fault is ours" not in text_of(admin.get("xero", cast.harbour_view))
