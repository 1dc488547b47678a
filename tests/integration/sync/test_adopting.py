"""A restored or copied database stands still until it is adopted, and then reads before it sends."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from pytest_django import Settings

from integrations.installation import beat, look, pause
from integrations.models import Connection, Event, Grant, Installation, OperatorAlert
from integrations.xero import vault
from integrations.xero.errors import Halted
from released.billing.models import Document, Kind, Status
from released.billing.recording import approve_document
from released.clock import now
from sync.adopting import adopt
from sync.ambiguity import link_candidate
from sync.causes import refusal_of
from sync.due import due_connections
from sync.models import DocumentLink, Problem, Reconciliation, Schedule, SetAside, WebhookEvent
from sync.problems import block_document, unblock
from sync.turn import Next, take_turn
from tests.factories import member
from tests.integration.sync.conftest import again, approved, in_xero, living, sync
from tests.integration.sync.test_webhooks import post, told
from tests.restoring import Backup, back_up, restore
from tests.sandbox import Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    beat()
    return connection


def go_back(backup: Backup) -> None:
    """The same place, an earlier state: what shows it is the beats that were lost."""
    for _ in range(3):
        beat()
    restore(backup)


def documents(sandbox: Sandbox) -> dict[str, int]:
    """How many of each reference are in Xero, whoever made them."""
    found = [row["reference"] for row in living(in_xero(sandbox, from_the_app=""))]
    return {one: found.count(one) for one in found}


def test_the_first_look_writes_down_what_there_is(db: None) -> None:
    assert look() is None
    row = Installation.objects.get()
    assert row.site_url == django_settings.SITE_URL
    assert row.database.count(":") == 2
    beat()
    assert look() is None


def test_where_nothing_was_ever_connected_a_new_address_is_no_question(db: None, settings: Settings) -> None:
    assert look() is None
    settings.SITE_URL = "https://moved.example"
    assert look() is None
    assert Installation.objects.get().site_url == "https://moved.example"


def test_a_changed_address_stands_still_and_tells_the_operator_once(
    synced: Connection, sandbox: Sandbox, settings: Settings
) -> None:
    approved(synced)
    sandbox.do("record/clear")
    settings.SITE_URL = "https://staging.example"
    for _ in range(2):
        assert take_turn(synced.pk) is Next.NOTHING
    found = look()
    assert found is not None
    assert found.is_paused
    assert "https://staging.example" in found.because
    alert = OperatorAlert.objects.get(kind=OperatorAlert.Kind.PAUSED)
    assert (alert.times, alert.says) == (1, found.because)
    settings.SITE_URL = "http://localhost"
    assert look() is not None  # only adopting ends it
    assert sandbox.see("record")["requests"] == []


def test_a_database_in_another_place_stands_still(synced: Connection) -> None:
    """As after a dump was loaded: cluster, database or table have other numbers."""
    Installation.objects.update(database="7711068571272629882:16384:17001")
    assert take_turn(synced.pk) is Next.NOTHING
    assert Installation.objects.get().paused_because.startswith("The database is in another place")


def test_a_database_that_went_back_in_time_stands_still(synced: Connection) -> None:
    backup = back_up()
    go_back(backup)
    found = look()
    assert found is not None
    assert "back in time" in found.because


def test_one_lost_beat_or_an_emptied_broker_is_no_restoring(synced: Connection) -> None:
    backup = back_up()
    beat()
    restore(backup)
    assert look() is None
    for _ in range(5):
        beat()
    cache.clear()
    assert look() is None


def test_while_paused_no_token_is_renewed_or_used(synced: Connection, sandbox: Sandbox) -> None:
    before, grant = sandbox.refreshes, Grant.objects.get()
    pause("being copied")
    Grant.objects.update(expires_at=now() - timedelta(hours=2))
    with pytest.raises(Halted):
        vault.access_token(grant.pk)
    with pytest.raises(Halted):
        vault.refresh(grant.pk, rejected="")
    assert vault.heal(grant.pk) is False
    assert sandbox.refreshes == before
    assert Grant.objects.get().claim is None


def test_adopting_is_asked_for_and_idle_when_nothing_is_paused(synced: Connection) -> None:
    call_command("adopt")
    assert not Connection.objects.get().must_reconcile
    call_command("pause", reason="before the move")
    with pytest.raises(CommandError, match="already"):
        call_command("pause", reason="again")
    with pytest.raises(CommandError, match="--yes"):
        call_command("adopt")
    assert look() is not None
    call_command("adopt", "--yes")
    assert look() is None
    assert Connection.objects.get().must_reconcile
    Schedule.objects.update(rung_at=None)  # adopting has rung for it
    assert synced in due_connections()
    assert Event.objects.filter(what="adopted").count() == 1


def test_after_a_restore_nothing_is_doubled(synced: Connection, sandbox: Sandbox) -> None:
    """What waited at the backup and was sent since, what was made since, what was changed since."""
    waiting = approved(synced, reference="Waited")
    drafted = approved(synced, reference="Drafted", status=Status.DRAFT)
    backup = back_up()
    by = member(synced.company.account)
    approve_document(again(drafted), by=by)
    sync(synced)
    made_since = approved(synced, reference="Since")
    sync(synced)
    lost_uid, known = made_since.uid, documents(sandbox)
    go_back(backup)
    assert not Document.objects.filter(uid=lost_uid).exists()
    assert take_turn(synced.pk) is Next.NOTHING
    adopt(by=None)
    sandbox.do("record/clear")
    sync(synced)
    assert documents(sandbox) == known
    assert sandbox_writes(sandbox) == []
    assert Document.objects.get(uid=lost_uid).shared_revision == 1
    assert again(waiting).shared_revision == again(waiting).revision
    assert again(drafted).status == "AUTHORISED"
    assert not Connection.objects.get().must_reconcile


def test_what_was_refused_at_the_backup_and_sent_since_is_not_sent_again(
    synced: Connection, sandbox: Sandbox
) -> None:
    made = approved(synced, reference="Refused first")
    link = DocumentLink.objects.create(document=made, connection=synced)
    refused = refusal_of(["Account code '310' is not a valid code for this document."])
    block_document(link, made, made.revision, refused)
    backup = back_up()
    unblock(link)
    sync(synced)
    known = documents(sandbox)
    go_back(backup)
    look()
    adopt(by=None)
    sync(synced)
    assert documents(sandbox) == known
    assert again(made).shared_revision == again(made).revision
    assert again(made).link.problem is None


def test_while_paused_webhooks_are_stored_and_answered(synced: Connection, sandbox: Sandbox) -> None:
    pause("being copied")
    sandbox.do("record/clear")
    assert post(told(synced)).status_code == 200
    assert take_turn(synced.pk) is Next.NOTHING
    assert WebhookEvent.objects.filter(handled_at=None).count() == 1
    assert sandbox.see("record")["requests"] == []


def test_everything_is_compared_before_anything_is_sent(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced, reference="Sent after all")
    pause("moved")
    adopt(by=None)
    sandbox.do("record/clear")
    sync(synced)
    calls = [row["method"] for row in sandbox.see("record")["requests"] if "/api.xro" in row["path"]]
    assert calls.count("PUT") >= 1
    compared = Reconciliation.objects.filter(ended_at__isnull=False).order_by("at", "pk")
    assert compared.count() >= 2  # before, and at the end
    assert len(in_xero(sandbox)) == 1


def test_a_credit_note_sent_since_is_shown_beside_ours_and_not_sent_again(
    synced: Connection, sandbox: Sandbox
) -> None:
    note = approved(synced, kind=Kind.CREDIT_NOTE, reference="Refund")
    backup = back_up()
    sync(synced)
    known = documents(sandbox)
    go_back(backup)
    look()
    adopt(by=None)
    sync(synced)
    assert documents(sandbox) == known
    held = again(note).link.problem
    assert held is not None
    assert held.cause in (Problem.Cause.AMBIGUOUS, "likely_pair")
    candidate = SetAside.objects.get(document=note)
    link_candidate(candidate, by=member(synced.company.account))
    sync(synced)
    assert documents(sandbox) == known
    assert again(note).shared_revision == again(note).revision


def sandbox_writes(sandbox: Sandbox) -> list[str]:
    rows = sandbox.see("record")["requests"]
    return [row["path"] for row in rows if row["method"] in ("PUT", "POST") and "/api.xro" in row["path"]]
