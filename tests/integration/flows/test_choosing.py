"""Where Xero does not say which organisation was just granted, nothing is guessed."""

import json

import pytest

from integrations.models import Connection
from tests.factories.cast import Cast
from tests.flows import CASTLEGATE, Person, address, text_of
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db


def blurred(sandbox: Sandbox) -> None:
    """The next list names no event of this consent and no fresh change: two organisations, equally old."""
    rows = [dict(one) for one in sandbox.see("state")["connections"] if one["active"]]
    for row in rows:
        row |= {"authEventId": None, "updatedDateUtc": "2026-01-01T00:00:00.0000000"}
    sandbox.do(
        "faults",
        action="answer",
        path="/connections",
        status=200,
        headers={"Content-Type": "application/json"},
        body=json.dumps(rows),
    )


@pytest.fixture
def asked(admin: Person, cast: Cast, sandbox: Sandbox) -> Person:
    """Castlegate is connected; Harbour View's consent comes back and could be either."""
    sandbox.sign_in(organisation="Mill Lane Properties Ltd")
    back = admin.consent(cast.harbour_view)
    blurred(sandbox)
    assert admin.come_back(back)["location"] == address("xero-choose", cast.harbour_view)
    return admin


def test_the_person_is_asked(asked: Person, cast: Cast) -> None:
    page = text_of(asked.get("xero-choose", cast.harbour_view))
    assert "Which organisation is it?" in page
    assert HARBOUR_VIEW in page
    assert "Mill Lane Properties Ltd" in page
    assert not Connection.objects.exists()


def test_what_is_chosen_is_bound(asked: Person, cast: Cast, sandbox: Sandbox) -> None:
    wanted = next(one for one in sandbox.see("state")["connections"] if one["tenantName"] == HARBOUR_VIEW)
    answer = asked.post("xero-choose", cast.harbour_view, organisation=wanted["tenantId"])
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    assert Connection.objects.get().organisation_name == HARBOUR_VIEW


@pytest.mark.parametrize("organisation", ["", "00000000-0000-0000-0000-000000000000"])
def test_what_was_not_offered_is_not_bound(asked: Person, cast: Cast, organisation: str) -> None:
    page = asked.post("xero-choose", cast.harbour_view, organisation=organisation)
    assert "Choose one of the organisations" in text_of(page)
    assert not Connection.objects.exists()


def test_what_another_account_uses_is_not_shown(
    admin: Person, stranger: Person, cast: Cast, sandbox: Sandbox
) -> None:
    stranger.connect(cast.foreign_company, user=PRIYA, organisation="Quayside Lettings Ltd")
    sandbox.sign_in(PRIYA, CASTLEGATE)
    back = admin.consent(cast.harbour_view, user=PRIYA)
    blurred(sandbox)
    admin.come_back(back)
    page = text_of(admin.get("xero-choose", cast.harbour_view))
    assert CASTLEGATE in page
    assert "Quayside Lettings Ltd" not in page


def test_what_another_company_of_ours_keeps_to_is_named_and_cannot_be_taken(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    admin.connect(cast.castlegate, organisation=CASTLEGATE)
    back = admin.consent(cast.harbour_view)
    blurred(sandbox)
    admin.come_back(back)
    page = admin.get("xero-choose", cast.harbour_view)
    assert f"already connected to {cast.castlegate}" in text_of(page)
    assert page.content.decode().count("disabled") == 1
    assert "Connect Harbour View Ltd to this organisation" in text_of(page)


def test_where_all_belong_to_other_companies_the_way_leads_back_to_xero(
    admin: Person, cast: Cast, sandbox: Sandbox
) -> None:
    admin.connect(cast.castlegate, organisation=CASTLEGATE)
    third = cast.castlegate.account.companies.create(name="Orchard Row Ltd")
    admin.connect(third, organisation="Orchard Row Ltd")
    blurred(sandbox)
    back = admin.consent(cast.harbour_view)
    admin.come_back(back)
    page = text_of(admin.get("xero-choose", cast.harbour_view))
    assert "None of these organisations is free" in page
    assert "Choose the one" not in page
    assert "Choose another organisation in Xero" in page
    assert "to this organisation" not in page


@pytest.mark.parametrize("changes_event", [True, False])
@pytest.mark.parametrize("id_survives", [True, False])
def test_reconnecting_finds_the_organisation_whatever_xero_keeps(
    admin: Person, cast: Cast, sandbox: Sandbox, changes_event: bool, id_survives: bool
) -> None:
    sandbox.switch(reconsent_changes_event=changes_event, connection_id_survives_reconnect=id_survives)
    admin.connect(cast.castlegate, organisation=CASTLEGATE)
    admin.connect(cast.harbour_view)
    sandbox.do("disconnect-app", organisation=HARBOUR_VIEW)
    Connection.objects.filter(company=cast.harbour_view).update(state=Connection.State.REVOKED)
    admin.consent_and_return(cast.harbour_view, user="daniel@northgate.example", name="xero-reconnect")
    assert Connection.objects.get(company=cast.harbour_view).state == Connection.State.AWAITING_DATE
