"""What looks the same on both sides: side by side, linked or kept, and the way there from everywhere."""

from collections.abc import Callable

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.clock import now
from sync.models import DocumentLink, LikelyPair, Problem, Run
from tests.factories.billing import document
from tests.factories.cast import Cast
from tests.factories.sync import likely_pair
from tests.flows import text_of

Browse = Callable[[User], Client]
RESULTS = "/income-and-expenses/sync-results/"


@pytest.fixture
def ours(cast: Cast, connected: Connection) -> Document:
    return document(cast.harbour_view, reference="Flat 4")


@pytest.fixture
def pair(connected: Connection, ours: Document) -> LikelyPair:
    return likely_pair(connected, ours, Reference="Flat four")


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/settings/add-ons/xero/{cast.harbour_view.pk}/pairs/"


def act(client: Client, address: str, **fields: object) -> int:
    return client.post(address, fields).status_code


def test_they_stand_side_by_side_with_what_differs_marked(
    admin: Client, pair: LikelyPair, ours: Document, address: str
) -> None:
    page = text_of(admin.get(address))
    assert "1 pair may be the same document" in page
    assert f'Invoice {ours.number} and <span class="nowrap">INV-000877</span>' in page
    assert "Same contact, total and date" in page
    assert "<mark>Flat 4</mark>" in page
    assert "<mark>Flat four</mark>" in page
    assert page.count("Differs") == 1
    assert "Then you choose where they differ" in page


def test_linking_is_one_click(admin: Client, pair: LikelyPair, ours: Document, address: str) -> None:
    assert act(admin, address, act="link", pair=pair.pk) == 302
    assert str(DocumentLink.objects.get(document=ours).xero_id) == pair.xero_id
    page = text_of(admin.get(address))
    assert "are one document from now on" in page
    assert "Nothing to compare" in page


def test_keeping_both_is_one_click_and_is_remembered_with_who(
    cast: Cast, admin: Client, pair: LikelyPair, ours: Document, address: str
) -> None:
    assert act(admin, address, act="apart", pair=pair.pk) == 302
    pair.refresh_from_db()
    assert (pair.apart_by, DocumentLink.objects.get(document=ours).problem) == (cast.admin, None)
    assert "Both are kept" in text_of(admin.get(address))


def test_all_that_agree_are_linked_at_once(
    cast: Cast, admin: Client, connected: Connection, pair: LikelyPair, address: str
) -> None:
    likely_pair(connected, document(cast.harbour_view))
    assert "Link all 2 that agree" in text_of(admin.get(address))
    assert act(admin, address, act="link-all") == 302
    assert not LikelyPair.objects.exists()
    assert "2 pairs linked" in text_of(admin.get(address))


def test_a_document_with_two_candidates_is_not_among_those_that_agree(
    admin: Client, connected: Connection, pair: LikelyPair, ours: Document, address: str
) -> None:
    likely_pair(connected, ours, "INV-000878")
    page = text_of(admin.get(address))
    assert "It may be one of 2 in Xero" in page
    assert "that agree" not in page


def test_one_document_s_pairs_are_shown_alone(
    cast: Cast, admin: Client, connected: Connection, pair: LikelyPair, ours: Document, address: str
) -> None:
    other = document(cast.harbour_view)
    likely_pair(connected, other)
    page = text_of(admin.get(address, {"document": ours.pk}))
    assert f"Invoice {other.number}" not in page
    assert "Show all 2 pairs" in page


@pytest.mark.parametrize("wrong", [{}, {"act": "nonsense"}])
def test_an_unknown_act_changes_nothing(
    admin: Client, pair: LikelyPair, address: str, wrong: dict[str, str]
) -> None:
    assert act(admin, address, pair=pair.pk, **wrong) == 400
    assert LikelyPair.objects.filter(apart_at=None).count() == 1


def test_another_company_s_pair_does_not_exist(
    cast: Cast, admin: Client, pair: LikelyPair, address: str
) -> None:
    elsewhere = f"/settings/add-ons/xero/{cast.castlegate.pk}/pairs/"
    assert act(admin, elsewhere, act="link", pair=pair.pk) == 404
    assert act(admin, address, act="link", pair="x") == 404


def test_only_those_who_settle_documents_open_it(
    cast: Cast, browse: Browse, pair: LikelyPair, address: str
) -> None:
    for person, status in ((cast.manager, 403), (cast.reader, 403), (cast.stranger, 404)):
        assert browse(person).get(address).status_code == status
        assert act(browse(person), address, act="link", pair=pair.pk) == status
    assert LikelyPair.objects.filter(apart_at=None).exists()


def test_it_is_reached_from_the_document(
    cast: Cast, admin: Client, browse: Browse, pair: LikelyPair, ours: Document, address: str
) -> None:
    page = text_of(admin.get(ours.get_absolute_url()))
    assert "Xero has a document that looks the same" in page
    assert f'href="{address}?document={ours.pk}"' in page
    others = text_of(browse(cast.manager).get(ours.get_absolute_url()))
    assert address not in others
    assert "can compare and say so" in others


def test_it_is_reached_from_the_results_the_company_and_the_receipt(
    cast: Cast, admin: Client, connected: Connection, pair: LikelyPair, address: str
) -> None:
    Run.objects.create(connection=connected, trigger=Run.Trigger.FIRST, started_at=now(), began_at=now(),
                       ended_at=now(), result="done", phase=Run.Phase.DONE)  # fmt: skip
    for page in (
        RESULTS,
        f"/settings/add-ons/xero/{cast.harbour_view.pk}/",
        address.replace("pairs", "receipt"),
    ):
        assert f'href="{address}"' in text_of(admin.get(page)), page
    results = text_of(admin.get(RESULTS))
    assert "1 document needs a decision" in results
    assert "Send 1 document again" not in results


def test_trying_again_and_sending_are_no_way_round_it(
    admin: Client, pair: LikelyPair, ours: Document
) -> None:
    problem = Problem.objects.get(closed_at=None)
    assert admin.post(f"/income-and-expenses/problems/{problem.pk}/", {"act": "retry"}).status_code == 400
    assert DocumentLink.objects.get(document=ours).problem == problem


def test_it_is_found_by_its_filter(admin: Client, pair: LikelyPair, ours: Document) -> None:
    listed = text_of(admin.get("/income-and-expenses/", {"sync": "unclear"}))
    assert ours.number in listed
    assert "May be in Xero" in listed


def test_without_any_it_says_what_would_be_here(admin: Client, connected: Connection, address: str) -> None:
    assert "Nothing looks the same on both sides" in text_of(admin.get(address))
