"""Connecting a company for the first time: there and back, once, by the person who started it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.models import Connection, Consent, Event, Grant
from released.billing.models import Status
from tests.factories import ConnectionFactory, document
from tests.factories.cast import Cast
from tests.flows import Person, address, signed_in, text_of
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State


def test_a_consent_binds_the_organisation_and_asks_for_the_date(admin: Person, cast: Cast) -> None:
    back = admin.consent(cast.harbour_view)
    answer = admin.come_back(back)
    assert answer["location"] == address("xero-sync-from", cast.harbour_view)
    connection = Connection.objects.get(company=cast.harbour_view)
    assert connection.state == State.AWAITING_DATE
    assert connection.organisation_name == HARBOUR_VIEW
    assert connection.connected_by == cast.admin
    assert connection.base_currency == "GBP"
    assert connection.class_seen_at is not None


def test_the_explanation_says_what_comes_and_leads_to_xero(admin: Person, cast: Cast) -> None:
    page = admin.get("xero-connect", cast.harbour_view)
    assert "Connect Harbour View Ltd to Xero" in text_of(page)
    asked = parse_qs(urlsplit(admin.leave("xero-connect", cast.harbour_view)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 43
    assert len(asked["nonce"][0]) >= 43


def test_the_steps_name_the_matching_where_there_is_something_to_match(admin: Person, cast: Cast) -> None:
    step = "Matching, if names differ"
    assert step not in text_of(admin.get("xero-connect", cast.harbour_view))  # blank
    document(cast.harbour_view, status=Status.DRAFT)
    assert step not in text_of(admin.get("xero-connect", cast.harbour_view))
    document(cast.harbour_view)
    assert step in text_of(admin.get("xero-connect", cast.harbour_view))
    assert step not in text_of(admin.get("xero-connect", cast.castlegate))
    ConnectionFactory.create(company=cast.harbour_view, state=State.DISCONNECTED)
    assert step not in text_of(admin.get("xero-reconnect", cast.harbour_view))  # it has its date


def test_tokens_are_kept_encrypted_on_the_grant_of_the_xero_user(admin: Person, cast: Cast) -> None:
    admin.go(cast.harbour_view, user=PRIYA)
    grant = Grant.objects.get()
    assert grant.xero_user_name == "Priya Shah"
    assert grant.refresh_token
    raw = Grant.objects.extra(select={"raw": "refresh_token"}).values_list("raw", flat=True).get()
    assert grant.refresh_token not in raw


def test_reloading_the_way_back_leads_where_it_led(admin: Person, cast: Cast) -> None:
    back = admin.consent(cast.harbour_view)
    first, second = admin.come_back(back), admin.come_back(back)
    assert first["location"] == second["location"]
    assert Event.objects.filter(what="bound").count() == 1


def test_a_state_that_nobody_started_is_refused(admin: Person, cast: Cast) -> None:
    page = admin.come_back("/xero/callback/?code=x&state=made-up")
    assert page.status_code == 400
    assert "can’t be used" in text_of(page)
    assert not Connection.objects.exists()


def test_another_session_can_not_use_the_way_back(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    back = admin.consent(cast.harbour_view)
    elsewhere = signed_in(cast.admin, sandbox)
    assert elsewhere.come_back(back).status_code == 400
    assert not Connection.objects.exists()


def test_another_person_can_not_use_the_way_back(admin: Person, connector: Person, cast: Cast) -> None:
    back = admin.consent(cast.harbour_view)
    assert connector.come_back(back).status_code == 400
    assert not Grant.objects.exists()


def test_an_attempt_expires(admin: Person, cast: Cast) -> None:
    back = admin.consent(cast.harbour_view)
    old = Consent.objects.get()
    Consent.objects.update(created_at=old.created_at.replace(year=old.created_at.year - 1))
    page = admin.come_back(back)
    assert page.status_code == 400
    assert "too long ago" in text_of(page)
    assert not Connection.objects.exists()


def test_a_denied_consent_is_explained_and_changes_nothing(admin: Person, cast: Cast) -> None:
    page = admin.go(cast.harbour_view, decision="cancel")
    assert "You did not give access at Xero" in text_of(page)
    assert not Connection.objects.exists()


def test_a_denial_without_its_state_is_explained_too(admin: Person, cast: Cast) -> None:
    admin.leave("xero-connect", cast.harbour_view)
    page = admin.client.get("/xero/callback/?error=access_denied", follow=True)
    assert "You did not give access at Xero" in text_of(page)


def test_a_code_that_xero_refuses_is_explained(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    back = admin.consent(cast.harbour_view)
    page = admin.client.get(back.replace("code=", "code=x"), follow=True)
    assert "too old" in text_of(page)
    assert not Connection.objects.exists()


def test_an_outage_at_the_exchange_is_not_a_denial(admin: Person, cast: Cast, sandbox: Sandbox) -> None:
    back = admin.consent(cast.harbour_view)
    sandbox.do("faults", action="answer", path="/connect/token", status=503, body="oops")
    page = admin.client.get(back, follow=True)
    assert "Xero did not answer" in text_of(page)


def test_two_organisations_of_one_xero_user_share_one_grant(admin: Person, cast: Cast) -> None:
    admin.connect(cast.harbour_view)
    admin.connect(cast.castlegate, organisation="Castlegate Estates Ltd")
    assert Grant.objects.count() == 1
    assert set(Connection.objects.values_list("organisation_name", flat=True)) == {
        HARBOUR_VIEW,
        "Castlegate Estates Ltd",
    }
