"""What each answer of the progress panel brings along for the rest of the page."""

import re
from functools import partial
from unittest.mock import patch

from django.test import Client

from integrations import transitions
from integrations.models import Connection, Episode
from released.clock import now
from sync.asking import ask_sync
from sync.models import Run, Schedule
from sync.pages.following import followed
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.integration.sync_pages.test_company_page import address, begin, fragment, show


def test_progress_shows_counts_and_asks_for_itself(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.PULL, pull_total=300, pulled=120)
    page = show(admin, connected)
    assert "120 of 300 documents" in page
    assert f'hx-get="{address(connected, "progress/")}?told=&amp;moving=yes"' in page


def test_the_fragment_is_a_fragment_and_the_address_alone_leads_to_the_page(
    admin: Client, connected: Connection
) -> None:
    begin(connected, phase=Run.Phase.PULL, pull_total=300, pulled=120)
    fragment = admin.get(address(connected, "progress/"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'data-moving="yes"' in fragment
    assert admin.get(address(connected, "progress/")).url == address(connected)  # type: ignore[attr-defined]


OF_THE_END = (
    "company-head", "standing", "log-panel", "events-panel", "facts-panel", "allowance-panel", "sync-summary",
)  # fmt: skip


def test_each_answer_brings_what_waits_along(cast: Cast, admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.PUSH, push_total=3, pushed=2)
    document(cast.harbour_view)
    part = fragment(admin, connected)
    waiting = part.partition('id="waiting-panel"')[2]
    assert 'hx-swap-oob="true"' in waiting.partition(">")[0]
    assert 'data-testid="waiting-count">1<' in waiting
    assert not [one for one in OF_THE_END if f'id="{one}"' in part]


def test_it_goes_on_asking_while_a_short_look_follows(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.DONE, ended_at=now(), result="done")
    look = begin(connected, trigger=Run.Trigger.WEBHOOK)
    part = fragment(admin, connected)
    assert 'data-moving="no"' in part
    assert "hx-get" in part
    assert 'id="log-panel"' not in part
    look.ended_at = now()
    look.save()
    assert "hx-get" not in fragment(admin, connected)


def test_when_something_begins_to_move_sync_now_can_no_more_be_pressed(
    admin: Client, connected: Connection
) -> None:
    begin(connected, phase=Run.Phase.PULL, trigger=Run.Trigger.MANUAL)
    still, moving = fragment(admin, connected, moving="no"), fragment(admin, connected, moving="yes")
    assert re.search(r"<button[^>]* disabled>Sync Harbour View Ltd now", still)
    assert "&amp;moving=yes" in still
    assert 'id="company-head"' not in moving


def test_a_run_that_begins_while_the_page_is_read_is_not_missed(connected: Connection) -> None:
    ask_sync(connected, by=None)

    def begins(_: Connection) -> None:
        begin(connected, trigger=Run.Trigger.MANUAL)
        Schedule.objects.update(is_wanted=False, wanted_because="")

    with patch("sync.pages.following._asked_at", begins):
        found = followed(connected)
    assert found is not None
    assert found.is_moving


def test_the_last_answer_brings_all_that_says_whether_it_runs(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.DONE, ended_at=now(), result="done", pulled=4, pull_total=4)
    part, page = fragment(admin, connected), show(admin, connected)
    assert 'data-moving="no"' in part
    for one in ("waiting-panel", *OF_THE_END):
        assert page.count(f'id="{one}"') == part.count(f'id="{one}"') == 1
        assert 'hx-swap-oob="true"' in part.partition(f'id="{one}"')[2].partition(">")[0]
    assert "hx-swap-oob" not in page
    assert "1 connected" in part
    assert "Syncing" not in part


def test_the_last_answer_says_what_stands_in_the_way(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.PULL, ended_at=now(), result="unavailable")
    transitions.note_unavailable(connected, evidence=[])
    part = fragment(admin, connected)
    assert 'data-testid="outage"' in part.partition('id="standing"')[2]


def test_an_outage_under_way_is_told_once_and_its_end_too(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.PULL, pull_total=300, pulled=120)
    assert 'id="standing"' not in fragment(admin, connected)
    transitions.note_unavailable(connected, evidence=[])
    part = fragment(admin, connected)
    assert 'data-testid="outage"' in part.partition('id="standing"')[2]
    assert "Waiting until Xero is back" in part
    assert "1 unavailable" in part
    assert "Syncing" not in part
    assert 'id="log-panel"' not in part
    told = part.partition("?told=")[2].partition("&amp;")[0]
    assert 'id="standing"' not in fragment(admin, connected, told=told)
    transitions.note_available(connected)
    part = fragment(admin, connected, told=told)
    assert 'id="standing"' in part
    assert 'data-testid="outage"' not in part


def test_access_lost_meanwhile_loads_the_page_with_its_banner(admin: Client, connected: Connection) -> None:
    begin(connected, phase=Run.Phase.PULL, ended_at=now(), result="revoked")
    ask = partial(admin.get, address(connected, "progress/"), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in ask()
    transitions.lose_access(connected, cause=Episode.Cause.GRANT_BROKEN, is_certain=True, evidence=[])
    assert ask()["HX-Refresh"] == "true"
