"""A disconnected company: what was open about its documents asks nobody, and all of them stay here."""

from collections.abc import Callable

import pytest
from django.test import Client

from integrations import transitions
from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync import standing
from sync.models import Conflict, DocumentLink, Problem
from sync.pages.tally import tally
from tests.factories.billing import document
from tests.factories.cast import Cast

Link = Callable[..., DocumentLink]
RESULTS = "/income-and-expenses/sync-results/"


@pytest.fixture
def stuck(cast: Cast, connected: Connection, link: Link) -> Connection:
    """Two documents are refused for one cause, and a third is in conflict."""
    problem = Problem.objects.create(
        connection=connected, cause=Problem.Cause.ACCOUNT_CODE, subject="310", opened_at=now(),
        says="Account code 310 is archived. Restore it.", xero_says="not valid",
    )  # fmt: skip
    for _ in range(2):
        one = document(cast.harbour_view)
        link(one, connected, xero_id=None, agreed_at=None, blocked_revision=one.revision, problem=problem)
    clashing = document(cast.harbour_view, number="CLASH-1")
    link(clashing, connected, blocked_revision=clashing.revision)
    Conflict.objects.create(connection=connected, document=clashing, ours={}, theirs={}, opened_at=now())
    return connected


def show(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def company_page(client: Client, made: Connection) -> str:
    return show(client, f"/settings/add-ons/xero/{made.company_id}/")


def test_while_connected_all_of_it_asks(cast: Cast, admin: Client, stuck: Connection) -> None:
    page = show(admin, RESULTS)
    assert "3 documents need a decision" in page
    assert "Send 2 documents again" in page
    assert "CLASH-1" in page
    home = show(admin, "/")
    assert "Account code 310 is archived" in home
    assert "CLASH-1 was changed on both sides" in home


def test_disconnected_it_asks_for_nothing_and_offers_nothing(
    cast: Cast, admin: Client, stuck: Connection
) -> None:
    transitions.disconnect(stuck, by=cast.admin)
    page = show(admin, RESULTS)
    assert "Nothing needs a decision" in page
    for gone in ("comes down to", "documents again", "Account code 310", "CLASH-1", "Compare and choose"):
        assert gone not in page
    home = show(admin, "/")
    assert "Account code 310" not in home
    assert "CLASH-1" not in home


def test_every_document_of_it_is_counted_as_staying_here(
    cast: Cast, admin: Client, stuck: Connection
) -> None:
    transitions.disconnect(stuck, by=cast.admin)
    standings = standing.with_standing(Document.objects.all()).values_list("standing", flat=True)
    assert set(standings) == {standing.NOT_CONNECTED}
    counted = tally(cast.harbour_view)
    assert (counted.unconnected, counted.to_decide, counted.causes) == (3, 0, 0)
    page = company_page(admin, stuck)
    assert "Nothing is sent while it is disconnected; 3 documents stay here." in page
    assert "has been sent" not in page
