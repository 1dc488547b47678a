"""After a first consent the matching comes before the date where something is to choose; never in its way."""

import pytest

from integrations.models import Connection
from released.billing.models import Status
from sync.matching import looking
from sync.models import ChartReading
from tests.factories import billing
from tests.factories.cast import Cast
from tests.flows import Person, address
from tests.sandbox import HARBOUR_VIEW, Sandbox

pytestmark = pytest.mark.django_db
State = Connection.State
OTHER = {"code": "4000", "name": "Sales", "class": "REVENUE"}


@pytest.fixture
def other_chart(sandbox: Sandbox) -> None:
    sandbox.do("chart", organisation=HARBOUR_VIEW, accounts=[OTHER])


def back(person: Person, cast: Cast) -> str:
    """Where the way back from Xero leads."""
    return person.come_back(person.consent(cast.harbour_view))["location"]


@pytest.mark.usefixtures("other_chart")
def test_where_something_is_to_choose_it_comes_first(cast: Cast, admin: Person) -> None:
    billing.document(cast.harbour_view)
    assert back(admin, cast) == address("xero-matching", cast.harbour_view)


def test_where_all_is_the_same_on_both_sides_it_is_not_shown(cast: Cast, admin: Person) -> None:
    billing.document(cast.harbour_view)
    assert back(admin, cast) == address("xero-sync-from", cast.harbour_view)
    assert ChartReading.objects.get().sorts


@pytest.mark.usefixtures("other_chart")
def test_a_blank_company_skips_it(cast: Cast, admin: Person, sandbox: Sandbox) -> None:
    billing.document(cast.harbour_view, status=Status.DRAFT)
    sandbox.do("record/clear")
    assert back(admin, cast) == address("xero-sync-from", cast.harbour_view)
    assert sandbox.see("record", path="/Accounts")["requests"] == []


@pytest.mark.usefixtures("other_chart")
@pytest.mark.parametrize("status", [404, 401, 403, 500, 429])
def test_where_the_chart_can_not_be_read_it_is_not_shown(
    cast: Cast, admin: Person, sandbox: Sandbox, status: int
) -> None:
    billing.document(cast.harbour_view)
    sandbox.do("faults", path="/Accounts", times=9, action="answer", status=status, body="no")
    sandbox.do("faults", path="/TaxRates", times=9, action="answer", status=status, body="no")
    assert back(admin, cast) == address("xero-sync-from", cast.harbour_view)
    connection = Connection.objects.get(company=cast.harbour_view)
    assert (connection.state, connection.missing_scopes) == (State.AWAITING_DATE, "")


@pytest.mark.usefixtures("other_chart")
def test_nobody_waits_for_a_chart_that_does_not_come(
    cast: Cast, admin: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first call that hangs is given up soon, and the others are not tried."""
    monkeypatch.setattr(looking, "SECONDS", 0.3)
    billing.document(cast.harbour_view)
    sandbox.do("faults", path="/Accounts", action="delay", seconds=3)
    sandbox.do("record/clear")
    assert back(admin, cast) == address("xero-sync-from", cast.harbour_view)
    assert ChartReading.objects.get().sorts == []
    assert sandbox.see("record", path="/TaxRates")["requests"] == []


@pytest.mark.usefixtures("other_chart")
def test_the_date_can_be_confirmed_without_it(cast: Cast, admin: Person) -> None:
    billing.document(cast.harbour_view)
    back(admin, cast)
    assert admin.get("xero-sync-from", cast.harbour_view).status_code == 200
    admin.post("xero-sync-from", cast.harbour_view, date="2025-04-01")
    assert Connection.objects.get(company=cast.harbour_view).state == State.CONNECTED


@pytest.mark.usefixtures("other_chart")
def test_a_reconnect_goes_straight_to_the_date(cast: Cast, admin: Person, sandbox: Sandbox) -> None:
    billing.document(cast.harbour_view)
    admin.connect(cast.harbour_view)
    admin.post("xero-disconnect", cast.harbour_view)
    location = admin.come_back(admin.consent(cast.harbour_view, name="xero-reconnect"))["location"]
    assert location == address("xero-sync-from", cast.harbour_view)
