"""What people do to a way that should be walked once: two at a time, twice, backwards, and too late."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import xero
from tests.browser.firm import LOST, Firm
from tests.browser.people import ADMIN, CONNECTOR, People, Person
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CASTLEGATE = "Castlegate Estates Ltd"
RECONNECT = f"Reconnect {CASTLEGATE} from this date"


@pytest.fixture
def lost(firm: Firm) -> Iterator[Firm]:
    """Castlegate has lost its access; it has it again afterwards, whatever the test did."""
    with firm.lost(CASTLEGATE):
        yield firm


def at_xero(person: Person, firm: Firm) -> Person:
    person.open(firm.page(CASTLEGATE, "reconnect/xero/"))
    person.click("Connect to Xero")
    xero.sign_in_at_xero(person.page)
    return person


def test_two_admins_reconnect_at_once_and_both_arrive(lost: Firm, people: People) -> None:
    """Both are at Xero, both say yes, both confirm: one connection, nothing sent twice, nobody stranded."""
    first, second = at_xero(people.come(ADMIN), lost), at_xero(people.come(CONNECTOR), lost)
    for person in (first, second):
        xero.choose_organisation(person.page, CASTLEGATE)
        expect(person.page.get_by_test_id("sync-from-date")).not_to_have_value("")
    for person in (first, second):
        person.click(RECONNECT)
        expect(person.page.get_by_test_id("connection-state")).to_have_text("Connected")
        expect(person.banner).to_have_count(0)
    assert lost.xero.see("record", last="1")["doubles"] == []
    rows = [one for one in lost.xero.see("state")["connections"] if one["active"]]
    assert [one["tenantName"] for one in rows].count(CASTLEGATE) == 1


def test_who_comes_second_is_told_that_it_is_solved(lost: Firm, people: People) -> None:
    late = people.come(CONNECTOR)
    late.open(lost.page(CASTLEGATE, "reconnect/xero/"))
    lost.connect(CASTLEGATE)
    late.click("Connect to Xero")
    expect(late.page.get_by_role("heading", level=1)).to_have_text(f"{CASTLEGATE} is already connected")


def test_a_double_click_leaves_once(lost: Firm, people: People) -> None:
    admin = people.come(ADMIN)
    admin.open(lost.page(CASTLEGATE, "reconnect/xero/"))
    left: list[str] = []
    admin.page.on("request", lambda one: left.append(one.url) if one.method == "POST" else None)
    admin.page.get_by_role("button", name="Connect to Xero").dblclick()
    admin.page.wait_for_url("**/identity/connect/authorize?**")
    assert len(left) == 1
    assert admin.complaints == []


def test_reload_and_back_on_the_way_back_are_harmless(lost: Firm, people: People) -> None:
    """The callback is used up by the first visit; each further one leads where the first one led."""
    admin = at_xero(people.come(ADMIN), lost)
    with admin.page.expect_request(re.compile(r"/xero/callback/\?")) as came:
        xero.choose_organisation(admin.page, CASTLEGATE)
    field = admin.page.get_by_test_id("sync-from-date")
    date = field.input_value()
    admin.page.reload()
    expect(field).to_have_value(date)
    assert admin.open(came.value.url) == 200
    expect(field).to_have_value(date)
    admin.page.go_back()
    admin.page.go_forward()
    expect(field).to_have_value(date)
    admin.click(RECONNECT)
    expect(admin.page.get_by_test_id("connection-state")).to_have_text("Connected")
    admin.page.go_back()
    admin.page.reload()
    expect(admin.banner).to_have_count(0)


def test_an_answer_that_comes_too_late_is_explained(lost: Firm, people: People, stack: Stack) -> None:
    """Half an hour after leaving, the state has expired: nothing changes, and a button starts again."""
    admin = at_xero(people.come(ADMIN), lost)
    stack.manage("shell", "-c", EXPIRE)
    xero.choose_organisation(admin.page, CASTLEGATE)
    title = admin.page.get_by_role("heading", level=1)
    expect(title).to_have_text("This way back from Xero can’t be used")
    assert lost.state(CASTLEGATE) == LOST
    admin.click(f"Start again with {CASTLEGATE}", role="link")
    expect(title).to_have_text(f"Reconnect {CASTLEGATE} to Xero")


EXPIRE = """
from datetime import timedelta
from django.db.models import F
from integrations.models import Consent
Consent.objects.filter(consumed_at=None).update(created_at=F("created_at") - timedelta(minutes=31))
"""


def test_no_at_xero_is_explained(lost: Firm, people: People) -> None:
    admin = at_xero(people.come(ADMIN), lost)
    admin.click("Cancel")
    expect(admin.page.get_by_role("heading", level=1)).to_have_text("You did not give access at Xero")
    assert lost.state(CASTLEGATE) == LOST
