"""A company's Xero page: state, evidence, progress, and who may open it."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from integrations import transitions
from integrations.evidence import sight
from integrations.models import Connection, Episode
from released.accounts.models import User
from released.clock import now, today
from sync.holding import hold
from sync.models import Reconciliation, Run, Schedule
from sync.pages.condition import Facts, condition_of
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.factories.integrations import connection

Browse = Callable[[User], Client]


def address(made: Connection, tail: str = "") -> str:
    return f"/settings/add-ons/xero/{made.company_id}/{tail}"


def show(client: Client, made: Connection, tail: str = "") -> str:
    return client.get(address(made, tail)).content.decode()


def begin(made: Connection, **fields: object) -> Run:
    minute_ago = now() - timedelta(minutes=1)
    given = {"trigger": Run.Trigger.FIRST, "started_at": minute_ago, "began_at": minute_ago} | fields
    return Run.objects.create(connection=made, **given)


def fragment(client: Client, made: Connection, *, told: str = "", moving: str = "yes") -> str:
    asked = {"told": told, "moving": moving}
    answer = client.get(address(made, "progress/"), asked, headers={"HX-Request": "true"})
    return answer.content.decode()


def test_a_working_connection_says_so_with_its_facts(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    page = show(admin, connected)
    assert 'data-testid="connection-state"' in page
    assert "Connected" in page
    assert '<span data-testid="organisation-name">Harbour View Ltd (Xero)</span>' in page
    assert '<span data-testid="sync-from-date">1 Jan 2025</span>' in page
    assert 'data-testid="waiting-count">0<' in page
    assert f'action="{address(connected, "sync-now/")}"' in page


def test_a_loss_shows_why_what_it_means_and_the_evidence(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    document(cast.harbour_view)
    evidence = [sight("Xero refused to renew our permission.", "invalid_grant")]
    transitions.lose_access(connected, cause=Episode.Cause.GRANT_BROKEN, is_certain=False, evidence=evidence)
    page = show(admin, connected)
    assert "Access lost" in page
    assert "Most likely why" in page
    assert "<code>invalid_grant</code>" in page
    assert 'data-testid="waiting-count">1<' in page
    assert f'href="{address(connected, "reconnect/")}"' in page
    assert "Daniel Okafor and Nadia Rossi" in page


def test_a_loss_of_four_months_is_no_time_without_interruption(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    document(cast.harbour_view)
    transitions.lose_access(connected, cause=Episode.Cause.GRANT_BROKEN, is_certain=True, evidence=[])
    Episode.objects.update(opened_at=now() - timedelta(days=120), waiting=1)
    ninety = " ".join(show(admin, connected).partition("Last 90 days")[2].split())
    assert "Open. 1 document waits." in ninety
    assert "No interruption." not in ninety
    assert "without a break" not in ninety


def test_a_day_of_connection_that_ended_the_same_day_claims_nothing(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    assert "1 day without a break" in show(admin, connected)
    transitions.disconnect(connected, by=cast.admin)
    page = show(admin, connected)
    assert "without a break" not in page
    assert "No interruption." not in page


@pytest.mark.parametrize(
    ("count", "says"),
    [(0, "nothing is sent"), (1, "nothing is sent; 1 document stays here"),
     (1234, "nothing is sent; 1,234 documents stay here")],
)  # fmt: skip
def test_what_stays_here_is_counted_in_words(count: int, says: str) -> None:
    assert condition_of(Facts(None, unconnected=count), ZoneInfo("Europe/London")).says == says


def test_an_outage_is_calm(cast: Cast, admin: Client, connected: Connection) -> None:
    transitions.note_unavailable(connected, evidence=[])
    page = show(admin, connected)
    assert "Xero unavailable" in page
    assert "Nothing needs doing" in page
    assert "Access lost" not in page.partition("Last 90 days")[0]


def test_all_time_is_called_by_its_name(cast: Cast, admin: Client, connected: Connection) -> None:
    transitions.change_sync_from(connected, sync_from=None, by=None)
    assert '<span data-testid="sync-from-date">all time</span>' in show(admin, connected)


def test_progress_begins_before_the_first_turn(cast: Cast, admin: Client) -> None:
    made = connection(cast.harbour_view, Connection.State.AWAITING_DATE)
    transitions.confirm_sync_from(made, sync_from=today(), by=cast.admin)
    page = show(admin, made)
    assert "Catching up" in page
    assert "within seconds" in page


def test_at_the_end_it_stands_still_and_offers_the_receipt(admin: Client, connected: Connection) -> None:
    run = begin(connected, phase=Run.Phase.DONE, ended_at=now(), result="done", pulled=4, pull_total=4)
    Reconciliation.objects.create(
        connection=connected, run=run, at=now(), ended_at=now(), compared=4, agrees=True
    )
    page = show(admin, connected)
    assert 'data-moving="no"' in page
    assert "Both sides agree" in page
    assert "hx-get" not in page.partition("</section>")[0]
    assert address(connected, "receipt/") in page


def test_a_company_never_connected_offers_to_connect(cast: Cast, admin: Client) -> None:
    page = admin.get(f"/settings/add-ons/xero/{cast.castlegate.pk}/").content.decode()
    assert "Not connected" in page
    assert "Connect Castlegate Estates Ltd" in page


def test_a_disconnected_company_offers_to_reconnect(cast: Cast, admin: Client) -> None:
    made = connection(cast.castlegate, Connection.State.DISCONNECTED)
    page = admin.get(address(made)).content.decode()
    assert f'href="{address(made, "reconnect/")}">Reconnect Castlegate Estates Ltd</a>' in page
    assert ">Connect Castlegate Estates Ltd" not in page


@pytest.mark.parametrize("tail", ["", "progress/", "receipt/", "sync-from/", "diagnostics/"])
def test_without_the_permission_one_learns_who_can_help(
    cast: Cast, browse: Browse, connected: Connection, tail: str
) -> None:
    answer = browse(cast.manager).get(address(connected, tail))
    assert answer.status_code == 403
    assert "Daniel Okafor and Nadia Rossi can connect" in answer.content.decode()


def test_for_a_stranger_it_does_not_exist(cast: Cast, browse: Browse, connected: Connection) -> None:
    assert browse(cast.stranger).get(address(connected)).status_code == 404


def test_sync_now_is_remembered_with_who_asked(cast: Cast, admin: Client, connected: Connection) -> None:
    assert admin.post(address(connected, "sync-now/")).status_code == 302
    asked = Schedule.objects.get(connection=connected)
    assert (asked.is_wanted, asked.wanted_because, asked.wanted_by) == (True, "manual", cast.admin)


def test_after_sync_now_the_page_asks_until_its_run_has_begun(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.DONE, ended_at=now(), result="done")
    admin.post(address(connected, "sync-now/"))
    page = show(admin, connected)
    assert "within seconds" in page
    assert f'hx-get="{address(connected, "progress/")}?told=&amp;moving=yes"' in page
    assert re.search(r"<button[^>]* disabled>Sync Harbour View Ltd now", page)
    Schedule.objects.update(is_wanted=False, wanted_because="")
    assert "hx-get" not in fragment(admin, connected)


@pytest.mark.parametrize(
    ("seconds", "begins", "asks"), [(90, "in about 2 minutes", True), (6000, "in about 2 hours", False)]
)
def test_sync_now_tells_of_a_pause(
    admin: Client, connected: Connection, seconds: int, begins: str, asks: bool
) -> None:
    hold(Schedule.objects.get_or_create(connection=connected)[0].pk, seconds, "Xero is busy.")
    answer = admin.post(address(connected, "sync-now/"), follow=True).content.decode()
    assert (f"Harbour View Ltd is synced {begins}, once a pause is over." in answer) is not asks
    assert (f"<span>{begins}</span>" in answer) is asks
    assert ("hx-get" in answer) is asks


def test_sync_now_does_nothing_while_access_is_lost(cast: Cast, admin: Client) -> None:
    lost = connection(cast.harbour_view, Connection.State.REVOKED)
    admin.post(address(lost, "sync-now/"))
    assert not Schedule.objects.filter(connection=lost, is_wanted=True).exists()


def test_diagnostics_tell_the_story_without_a_secret(admin: Client, connected: Connection) -> None:
    assert connected.grant is not None
    transitions.note_unavailable(connected, evidence=[sight("No answer", "502")])
    answer = admin.get(address(connected, "diagnostics/"))
    assert answer.json()["episodes"][0]["evidence"][0]["said"] == "502"
    assert connected.grant.access_token not in answer.content.decode()
    assert connected.grant.refresh_token not in answer.content.decode()
