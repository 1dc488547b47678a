"""The ways beside the straight one: another admin, another login, another organisation, several at once."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import raising, xero
from tests.browser.firm import CONNECTED, LOST, Firm
from tests.browser.people import ADMIN, CONNECTOR, LINK, MANAGER, People, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
CASTLEGATE, MILL_LANE, ORCHARD = "Castlegate Estates Ltd", "Mill Lane Properties Ltd", "Orchard Row Ltd"
NEW = "Saltmarsh Trading Ltd"
LACKING = '{"Type":null,"Title":"Unauthorized","Status":401,"Detail":"AuthorizationUnsuccessful"}'
UNDATED = {"authEventId": None, "updatedDateUtc": "2026-01-01T00:00:00.0000000"}
BEARER = 'Bearer error="insufficient_scope"'


@pytest.fixture
def admin(people: People) -> Person:
    return people.come(ADMIN)


@pytest.fixture
def lost(firm: Firm) -> Iterator[Firm]:
    """Castlegate has lost its access; Orchard Row hangs on the same Xero login and works."""
    firm.connect(ORCHARD)
    with firm.lost(CASTLEGATE):
        yield firm


def heading(person: Person) -> Locator:
    return person.page.get_by_role("heading", level=1)


def state(person: Person) -> Locator:
    return person.page.get_by_test_id("connection-state")


def state_in(part: Locator) -> Locator:
    return part.get_by_test_id("connection-state")


def active(firm: Firm) -> list[str]:
    """The organisations that Xero lists as connected with the app."""
    return [one["tenantName"] for one in firm.xero.see("state")["connections"] if one["active"]]


def leave_for_xero(person: Person, firm: Firm, company: str) -> None:
    person.open(firm.page(company, "reconnect/xero/"))
    person.click("Connect to Xero")


def test_a_refusal_harms_no_healthy_company_of_the_same_login(
    lost: Firm, admin: Person, people: People
) -> None:
    """What was refused belongs to Orchard Row: it stays connected at Xero, and its documents still travel."""
    leave_for_xero(admin, lost, CASTLEGATE)
    xero.allow(admin, ORCHARD)
    expect(heading(admin)).to_have_text("That organisation belongs to another company")
    expect(admin.page.get_by_test_id("organisation-mismatch")).to_contain_text(ORCHARD)
    assert lost.state(CASTLEGATE) == LOST
    assert active(lost).count(ORCHARD) == 1
    manager = people.come(MANAGER)
    raising.raise_invoice(manager, lost.number(ORCHARD), reference="After the refusal")
    lost.until_linked("/income-and-expenses/?q=After+the+refusal", "INV-")
    manager.page.reload()
    expect(manager.page.get_by_test_id("sync-state").first).to_have_text("In Xero")


def test_a_refused_organisation_that_nobody_uses_is_given_back(lost: Firm, admin: Person) -> None:
    """One that Xero had never connected with us before, whatever other tests did."""
    lost.xero.do("organisation", name=NEW, users=["daniel@northgate.example"])
    leave_for_xero(admin, lost, CASTLEGATE)
    xero.allow(admin, NEW)
    expect(heading(admin)).to_have_text("That is another organisation")
    assert NEW not in active(lost)
    admin.click(f"Choose {CASTLEGATE} in Xero", role="link")
    admin.click("Connect to Xero")
    xero.allow(admin, CASTLEGATE)
    expect(admin.page.get_by_test_id("sync-from-date")).not_to_have_value("")


def test_another_xero_login_reconnects(lost: Firm, admin: Person) -> None:
    leave_for_xero(admin, lost, CASTLEGATE)
    xero.allow(admin, CASTLEGATE, xero.PRIYA)
    admin.click(f"Reconnect {CASTLEGATE} from this date")
    expect(state(admin)).to_have_text(CONNECTED)
    expect(admin.page.get_by_text(xero.PRIYA).first).to_be_visible()
    expect(admin.banner).to_have_count(0)


def test_where_xero_leaves_it_open_the_person_says_which(lost: Firm, admin: Person) -> None:
    """Xero lists two organisations and says of neither that it was just granted; the other one is taken."""
    leave_for_xero(admin, lost, CASTLEGATE)
    xero.sign_in_at_xero(admin.page)
    rows = [dict(one) for one in lost.xero.see("state")["connections"] if one["user"] == xero.DANIEL]
    listed = [row | UNDATED for row in rows if row["tenantName"] in (CASTLEGATE, ORCHARD)]
    lost.xero.do(
        "faults", action="answer", path="/connections", status=200, times=60,
        headers={"Content-Type": "application/json"}, body=json.dumps(listed),
    )  # fmt: skip
    xero.choose_organisation(admin.page, CASTLEGATE)
    expect(heading(admin)).to_have_text("Which organisation is it?")
    lost.xero.do("faults", clear=True)
    expect(admin.page.get_by_role("radio", name=ORCHARD)).to_be_disabled()
    admin.page.get_by_role("radio", name=CASTLEGATE).check()
    admin.click(f"Connect {CASTLEGATE} to this organisation")
    admin.click(f"Reconnect {CASTLEGATE} from this date")
    expect(state(admin)).to_have_text(CONNECTED)


def test_two_tabs_of_one_person_both_arrive(lost: Firm, admin: Person) -> None:
    second = admin.another_tab()
    leave_for_xero(admin, lost, CASTLEGATE)
    leave_for_xero(second, lost, CASTLEGATE)
    for tab in (admin, second):
        xero.allow(tab, CASTLEGATE)
        expect(tab.page.get_by_test_id("sync-from-date")).to_be_visible()
    admin.click(f"Reconnect {CASTLEGATE} from this date")
    expect(state(admin)).to_have_text(CONNECTED)
    second.click(f"Reconnect {CASTLEGATE} from this date")
    expect(state(second)).to_have_text(CONNECTED)
    assert lost.xero.see("record", last="1")["doubles"] == []


def test_the_link_explains_itself_to_who_may_not(lost: Firm, people: People) -> None:
    manager = people.come(MANAGER)
    assert manager.open(lost.page(CASTLEGATE, "reconnect/")) == 403
    expect(heading(manager)).to_have_text("Somebody else has to do this")
    expect(manager.page.get_by_test_id("helpers").get_by_role("link").first).to_be_visible()
    expect(manager.page.get_by_test_id(LINK)).to_have_count(0)


def test_several_are_reconnected_one_after_the_other(lost: Firm, admin: Person) -> None:
    with lost.lost(MILL_LANE):
        admin.open("/settings/add-ons/")
        admin.click("Reconnect 2 companies", role="link")
        admin.click("Start with the first of them")
        offered = admin.page.get_by_test_id("next-company")
        for number, company in enumerate((CASTLEGATE, MILL_LANE), start=1):
            expect(heading(admin)).to_have_text(f"Reconnect {company} to Xero")
            admin.click("Continue", role="link")
            admin.click("Connect to Xero")
            xero.allow(admin, company)
            admin.click(f"Reconnect {company} from this date")
            expect(offered).to_contain_text(f"{number} of 2 done")
            if number == 1:
                offered.get_by_role("link", name=f"Reconnect {MILL_LANE}").click()
        expect(offered).to_contain_text("All 2 companies are connected")


def test_the_banner_is_one_level_line_that_ends_where_the_page_does(lost: Firm, admin: Person) -> None:
    """On a step it names that company alone, whoever else lost access."""
    with lost.lost(MILL_LANE):
        admin.open("/settings/add-ons/several/")
        assert middle(admin.banner.locator(".icon")) == pytest.approx(
            middle(admin.banner.get_by_role("heading")), abs=2
        )
        admin.open(lost.page(MILL_LANE, "reconnect/xero/"))
        expect(admin.banner.get_by_role("heading")).to_contain_text(f"{MILL_LANE} lost its access")
        steps = admin.page.get_by_role("list", name="Steps")
        assert end(admin.page.get_by_test_id(LINK)) == pytest.approx(end(steps), abs=1)


def middle(shown: Locator) -> float:
    """Down the page, in pixels."""
    box = shown.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def end(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box is not None
    return box["x"] + box["width"]


def test_a_colleague_takes_over_while_it_works(firm: Firm, people: People) -> None:
    """No gap: the state never changes, nobody is alarmed, and the page names the new login."""
    firm.connect(ORCHARD)
    taker = people.come(CONNECTOR)
    taker.open(firm.page(ORCHARD, "take-over/"))
    expect(heading(taker)).to_have_text(f"Take over the connection of {ORCHARD}")
    taker.click(f"Take over {ORCHARD} in Xero")
    xero.allow(taker, ORCHARD, xero.PRIYA)
    expect(heading(taker)).to_have_text(f"You hold the connection of {ORCHARD}")
    expect(taker.page.get_by_role("main")).to_contain_text(xero.PRIYA)
    taker.open(firm.page(ORCHARD))
    expect(state(taker)).to_have_text(CONNECTED)
    expect(taker.banner).to_have_count(0)


def test_more_permission_is_asked_for_and_given_without_any_red(firm: Firm, admin: Person) -> None:
    firm.connect(ORCHARD)
    headers = {"Content-Type": "application/json", "WWW-Authenticate": BEARER}
    firm.xero.do("faults", action="answer", path="/Organisation", status=401, body=LACKING, headers=headers)
    admin.open(firm.page(ORCHARD))
    admin.click(f"Sync {ORCHARD} now")
    firm.until_linked(firm.page(ORCHARD), "Update permissions")
    firm.xero.do("faults", clear=True)
    admin.open(firm.page(ORCHARD))
    expect(admin.banner).to_have_count(0)
    admin.click("Update permissions", role="link")
    expect(heading(admin)).to_have_text(f"Update permissions of {ORCHARD}")
    admin.click("Continue", role="link")
    admin.click("Connect to Xero")
    xero.allow(admin, ORCHARD)
    expect(state(admin)).to_have_text(CONNECTED)
    expect(admin.page.get_by_role("link", name="Update permissions")).to_have_count(0)


def test_disconnecting_one_leaves_the_other_and_remembers_the_date(firm: Firm, admin: Person) -> None:
    firm.connect(ORCHARD)
    firm.connect(CASTLEGATE)
    admin.open(firm.page(ORCHARD, "disconnect/"))
    admin.click(f"Disconnect {ORCHARD}")
    row = admin.page.get_by_role("row", name=ORCHARD)
    expect(state_in(row)).to_have_text("Disconnected")
    assert ORCHARD not in active(firm)
    assert firm.state(CASTLEGATE) == CONNECTED
    leave_for_xero(admin, firm, ORCHARD)
    xero.allow(admin, ORCHARD)
    expect(admin.page.get_by_test_id("sync-from-date")).not_to_have_value("")
    admin.click(f"Reconnect {ORCHARD} from this date")
    expect(state(admin)).to_have_text(CONNECTED)


def test_xeros_limit_of_connections_is_explained(lost: Firm, admin: Person) -> None:
    """Xero keeps the person on a page of its own; back here nothing has changed, and the page explains it."""
    lost.xero.do("limits", connections=1)
    try:
        leave_for_xero(admin, lost, CASTLEGATE)
        xero.allow(admin, CASTLEGATE)
        expect(admin.page.get_by_text("certification")).to_be_visible()
    finally:
        lost.xero.do("limits", connections=50)
    admin.open(lost.page(CASTLEGATE, "reconnect/xero/"))
    admin.page.get_by_text("If Xero shows an error page instead").click()
    expect(admin.page.get_by_text("Xero limits how many organisations")).to_be_visible()
    assert lost.state(CASTLEGATE) == LOST


def test_what_a_date_means_follows_the_typing(firm: Firm, admin: Person) -> None:
    firm.connect(ORCHARD)
    admin.open(firm.page(ORCHARD, "sync-from/"))
    field, shared = (
        admin.page.get_by_test_id("sync-from-date"),
        admin.page.get_by_role("row", name="Shared with Xero"),
    )
    before = shared.inner_text()
    admin.page.get_by_test_id("lock-date").get_by_role("link").click()
    expect(field).not_to_have_value("")
    expect(shared).not_to_have_text(before)
    field.fill("1890-01-01")
    admin.click(f"Move the date of {ORCHARD}")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert firm.state(ORCHARD) == CONNECTED
