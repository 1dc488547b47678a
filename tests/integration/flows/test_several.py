"""Many companies at once: chosen once, offered one after the other, progress over all."""

import pytest

from integrations import transitions
from integrations.models import Connection
from tests.factories.cast import Cast
from tests.factories.integrations import connection as make_connection
from tests.flows import Person, address, text_of

pytestmark = pytest.mark.django_db
State = Connection.State


def found(person: Person, cast: Cast) -> str:
    return text_of(person.get("xero", cast.harbour_view))


def test_the_list_leads_to_the_queue(admin: Person, cast: Cast) -> None:
    for company in (cast.harbour_view, cast.castlegate):
        make_connection(company, State.REVOKED)
    page = text_of(admin.get("add-ons"))
    assert "Reconnect 2 companies</a>" in page
    assert page.count("btn main") + page.count("slim main") == 1
    page = text_of(admin.get("xero-several"))
    assert page.count("checked") == 2
    assert "Quayside Lettings Ltd" not in page


def test_the_next_is_offered_after_each_until_all_are_done(admin: Person, cast: Cast) -> None:
    made = [make_connection(company, State.REVOKED) for company in (cast.castlegate, cast.harbour_view)]
    chosen = {"company": [str(one.company_id) for one in made]}
    answer = admin.client.post(address("xero-several"), chosen)
    assert answer["location"] == address("xero-reconnect", cast.castlegate)
    reconnected(made[0])
    page = text_of(admin.get("xero", cast.castlegate))
    assert "1 of 2 done" in page
    assert "Reconnect Harbour View Ltd" in page
    assert address("xero-reconnect", cast.harbour_view) in page
    reconnected(made[1])
    assert "All 2 companies are connected" in found(admin, cast)


def test_without_a_choice_the_other_lost_companies_are_offered_all_the_same(
    admin: Person, cast: Cast
) -> None:
    make_connection(cast.harbour_view)
    make_connection(cast.castlegate, State.REVOKED)
    page = found(admin, cast)
    assert "Next: Castlegate Estates Ltd" in page
    assert "done" not in page.split('data-testid="next-company"')[1].split("</section>")[0]


def test_after_a_refusal_nothing_is_said_to_go_on(admin: Person, cast: Cast) -> None:
    make_connection(cast.castlegate, State.REVOKED)
    page = text_of(admin.go(cast.harbour_view, decision="cancel"))
    assert "You did not give access at Xero" in page
    assert "Next: Castlegate Estates Ltd" in page
    assert "goes on by itself" not in page
    cards = page.partition('<div class="stack narrow">')[2]
    assert cards.index("What to do") < cards.index("Next: Castlegate Estates Ltd")


def test_a_connected_company_goes_on_while_the_next_is_done(admin: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view)
    make_connection(cast.castlegate, State.REVOKED)
    assert "This one goes on by itself meanwhile." in found(admin, cast)


def test_a_company_that_waits_for_nobody_shows_no_queue(admin: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view)
    assert "next-company" not in found(admin, cast)


def test_companies_never_connected_wait_only_when_chosen(admin: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view)
    answer = admin.client.post(address("xero-several"), {"company": [str(cast.castlegate.pk)]})
    assert answer["location"] == address("xero-connect", cast.castlegate)
    assert "Connect Castlegate Estates Ltd" in found(admin, cast)


def test_what_the_person_may_not_manage_is_never_taken(admin: Person, cast: Cast) -> None:
    foreign = make_connection(cast.foreign_company, State.REVOKED)
    answer = admin.client.post(address("xero-several"), {"company": [str(foreign.company_id), "x"]})
    assert answer.status_code == 200
    assert "Choose at least one company" in text_of(answer)


def test_without_the_permission_there_is_no_queue(manager: Person, cast: Cast) -> None:
    make_connection(cast.harbour_view, State.REVOKED)
    assert manager.get("xero-several").status_code == 403


def reconnected(connection: Connection) -> None:
    """As the pages do it, without Xero."""
    Connection.objects.filter(pk=connection.pk).update(state=State.AWAITING_DATE)
    day = connection.sync_from
    assert day is not None
    assert connection.connected_by is not None
    transitions.confirm_sync_from(connection, sync_from=day, by=connection.connected_by)
