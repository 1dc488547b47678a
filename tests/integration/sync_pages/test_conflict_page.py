"""A conflict: three versions side by side, and one click to choose."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.clock import now
from sync.canonical import DocumentFields, Line, Lines, freeze
from sync.conflicts import resolve_conflict
from sync.models import Conflict, DocumentLink
from tests.factories.billing import document
from tests.factories.cast import Cast

Browse = Callable[[User], Client]


def side(contact: str, *lines: tuple[str, str], **fields: Any) -> dict[str, Any]:
    items = tuple(Line(what, Decimal(1), Decimal(price), None, "200", "OUTPUT2") for what, price in lines)
    given: dict[str, Any] = {"due_date": date(2026, 9, 30), "reference": "Q4", "is_alive": True} | fields
    return freeze(
        DocumentFields(
            contact=contact, date=date(2026, 9, 9), lines=Lines("Exclusive", "GBP", items), **given
        )
    )


@pytest.fixture
def conflict(cast: Cast, connected: Connection, link: Callable[..., DocumentLink]) -> Conflict:
    clashing = document(cast.harbour_view, shared=True)
    link(clashing, connected)
    who = f"here:{clashing.contact_id}"
    return Conflict.objects.create(
        connection=connected,
        document=clashing,
        base=side(who, ("Rent", "3600")),
        ours=side(who, ("Rent", "3600"), ("Service charge", "240"), due_date=date(2026, 10, 14)),
        theirs=side(who, ("Rent", "3450"), reference="Q4, PO 8841"),
        clashing=["lines"],
        opened_at=now(),
    )


def address(conflict: Conflict) -> str:
    return f"/income-and-expenses/conflicts/{conflict.pk}/"


def test_what_clashes_is_marked_and_what_merges_says_so(admin: Client, conflict: Conflict) -> None:
    page = admin.get(address(conflict)).content.decode()
    assert "<mark>Service charge (200)</mark>" in page
    assert "ours is kept" in page
    assert "Xero’s is kept" in page
    assert "Keep ours, send £3,840.00 to Xero" in page
    assert "Take Xero’s £3,450.00" in page


def test_totals_that_are_the_same_are_left_out_of_the_choice(admin: Client, conflict: Conflict) -> None:
    conflict.theirs = {**conflict.ours, "reference": "Theirs"}
    conflict.clashing = ["reference"]
    conflict.save()
    choice = admin.get(address(conflict)).content.decode().partition("<tfoot>")[2]
    assert "Keep ours, send it to Xero</button>" in choice
    assert "Take Xero’s</button>" in choice
    assert "£" not in choice.partition("</tfoot>")[0]


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_one_click_settles_it(cast: Cast, admin: Client, conflict: Conflict, choice: str) -> None:
    assert admin.post(address(conflict), {"choice": choice}).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.choice, conflict.resolved_by) == (choice, cast.admin)
    page = admin.get(address(conflict)).content.decode()
    assert "Settled" in page
    assert '<button class="btn" name="choice"' not in page


def main_acts(client: Client, conflict: Conflict) -> list[str]:
    page = client.get(conflict.document.get_absolute_url()).content.decode()
    return re.findall(r'class="btn main"\s+href="[^"]*">([^<]+)<', page)


def test_on_the_document_comparing_is_the_main_act_for_who_may_choose(
    cast: Cast, admin: Client, browse: Browse, conflict: Conflict
) -> None:
    assert main_acts(admin, conflict) == ["Compare and choose"]
    edit = [f"Edit invoice {conflict.document.number}"]
    assert main_acts(browse(cast.manager), conflict) == edit
    resolve_conflict(conflict, Conflict.Choice.OURS, by=cast.admin)
    assert main_acts(admin, conflict) == edit


def test_an_unknown_choice_changes_nothing(admin: Client, conflict: Conflict) -> None:
    assert admin.post(address(conflict), {"choice": "both"}).status_code == 400
    conflict.refresh_from_db()
    assert conflict.resolved_at is None


def test_a_document_ended_in_xero_offers_to_send_it_anew(admin: Client, conflict: Conflict) -> None:
    conflict.theirs = {**conflict.theirs, "is_alive": False}
    conflict.clashing = ["is_alive", "lines"]
    conflict.save()
    page = admin.get(address(conflict)).content.decode()
    assert "voided or deleted" in page
    assert "Keep ours: send it to Xero anew" in page


def test_what_xero_locks_says_what_comes_first(admin: Client, conflict: Conflict) -> None:
    conflict.locked = ["lines"]
    conflict.save()
    page = admin.get(address(conflict)).content.decode()
    assert "was changed here, and paid or credited in Xero" in page
    assert "Xero allows no such change while payments or credits are set against it" in page
    assert "First remove the payments and credits in Xero" in page
    kept = admin.post(address(conflict), {"choice": "ours"}, follow=True).content.decode()
    assert "Xero refuses it until its payments and credits are removed there" in kept


def test_a_void_of_what_is_paid_in_xero_can_be_taken_back(admin: Client, conflict: Conflict) -> None:
    conflict.ours = {**conflict.theirs, "is_alive": False}
    conflict.clashing = conflict.locked = ["is_alive"]
    conflict.save()
    page = admin.get(address(conflict)).content.decode()
    assert "Xero allows no void" in page
    assert "Take Xero’s: put it back in force here" in page


def test_only_those_who_settle_documents_open_it(cast: Cast, browse: Browse, conflict: Conflict) -> None:
    assert browse(cast.manager).get(address(conflict)).status_code == 403
    assert browse(cast.stranger).get(address(conflict)).status_code == 404
