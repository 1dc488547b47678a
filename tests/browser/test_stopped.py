"""While an operator has stopped sync: the company's own page, and the page that asks the operator why."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.firm import Firm
from tests.browser.looks import faults
from tests.browser.people import ADMIN, People, Person
from tests.browser.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ORCHARD = "Orchard Row Ltd"
OPERATOR = "operator@released.example"
REASON = "A bookkeeper is correcting last year in Xero."


@pytest.mark.parametrize(
    ("name", "whom", "heading"),
    [
        ("company-stopped", ORCHARD, f"An operator stopped the sync of {ORCHARD}"),
        ("company-all-stopped", "--all", "An operator stopped the sync of all companies"),
    ],
)
def test_the_page_of_a_stopped_company_is_flawless(
    name: str, whom: str, heading: str, stack: Stack, firm: Firm, people: People
) -> None:
    firm.connect(ORCHARD)
    admin = people.come(ADMIN)
    with stopped(stack, whom):
        admin.open(firm.page(ORCHARD))
        note = admin.page.get_by_test_id("halted")
        assert note.get_by_role("heading").inner_text().startswith(heading)
        assert REASON in note.inner_text()
        assert faults(admin, name) == []
    admin.open(firm.page(ORCHARD))
    assert note.count() == 0


@contextmanager
def stopped(stack: Stack, whom: str) -> Iterator[None]:
    """Started again afterwards, whatever the test found: other tests share the firm."""
    stack.manage("stop_sync", whom, "--reason", REASON)
    try:
        yield
    finally:
        stack.manage("start_sync", whom, "--reason", "It is done.")


@pytest.mark.parametrize(
    ("name", "rows", "act"),
    [
        ("stop-reason", "integrations/connection", "Stop the sync of the chosen companies"),
        ("stop-all-reason", "integrations/installation", "Stop the sync of all companies"),
    ],
)
def test_the_page_that_asks_an_operator_for_the_reason_is_flawless(
    name: str, rows: str, act: str, firm: Firm, people: People
) -> None:
    firm.connect(ORCHARD)
    operator = people.come(OPERATOR)
    choose(operator, rows, act)
    assert faults(operator, name) == []
    operator.page.locator("#reason").fill("   ")
    operator.page.locator("#content button[type=submit]").click()
    operator.page.get_by_text("A reason is kept on record, so give one.").wait_for()
    assert faults(operator, f"{name}-missing") == []


def choose(operator: Person, rows: str, act: str) -> None:
    """Tick the first row of the admin's list and ask for the act; the page that it leads to."""
    operator.open(f"/admin/{rows}/")
    operator.page.locator("input.action-select").first.check()
    operator.page.locator("select[name=action]").select_option(label=act)
    operator.page.locator("button[name=index]").click()
    operator.page.locator("#reason").wait_for()
    operator.complaints.clear()  # of the list, which is Django's own
