"""Xero's chart as it is read: what it leaves out is not known, and nothing is called missing for it."""

from typing import Any

import pytest

from integrations.xero.errors import (
    AccessLost,
    GrantBusy,
    NotFound,
    Refused,
    Throttled,
    Unavailable,
    XeroError,
)
from sync.errors import OutOfTime
from sync.matching import chart
from sync.matching.reading import read_chart
from sync.models.matching import Sort

ACCOUNT = {"Code": "200", "Name": "Sales", "Status": "ACTIVE", "Type": "REVENUE", "Class": "REVENUE"}
LISTS: dict[str, Any] = {
    "Accounts": [ACCOUNT],
    "TaxRates": [{"TaxType": "OUTPUT2", "Name": "20%", "EffectiveRate": 20, "CanApplyToRevenue": True}],
    "TrackingCategories": [],
}


class Books:
    """Answers with lists, or raises."""

    def __init__(self, **lists: Any) -> None:
        self._lists = LISTS | lists
        self.asked: list[str] = []

    def settings(self, endpoint: str, *, params: Any = None) -> Any:
        self.asked.append(endpoint)
        found = self._lists[endpoint]
        if isinstance(found, Exception):
            raise found
        return found


def read(**lists: Any) -> chart.Chart:
    return read_chart(Books(**lists))  # type: ignore[arg-type]  # the part of Books that is asked


def test_everything_is_read() -> None:
    found = read()
    assert found.sorts == frozenset(Sort)
    assert [(one.sort, one.key) for one in found.entries] == [("account", "200"), ("tax_type", "OUTPUT2")]


@pytest.mark.parametrize(
    "problem",
    [NotFound(), Refused(400), Unavailable(), Throttled("minute", 3), GrantBusy()],
    ids=lambda one: type(one).__name__,
)
def test_a_list_that_can_not_be_read_is_not_known(problem: XeroError) -> None:
    found = read(Accounts=problem)
    assert Sort.ACCOUNT not in found.sorts
    assert found.says


def test_no_further_call_follows_one_that_was_not_answered() -> None:
    books = Books(Accounts=Unavailable())
    read_chart(books)  # type: ignore[arg-type]
    assert books.asked == ["Accounts"]


@pytest.mark.parametrize("problem", [AccessLost(), OutOfTime()])
def test_what_concerns_the_turn_itself_is_passed_on(problem: Exception) -> None:
    with pytest.raises(type(problem)):
        read(TaxRates=problem)


def test_an_organisation_without_accounts_is_none() -> None:
    """Only tracking may really be empty."""
    found = read(Accounts=[], TaxRates=[])
    assert found.sorts == {Sort.TRACKING_CATEGORY, Sort.TRACKING_OPTION}


ODD: tuple[Any, ...] = (
    None,
    7,
    "text",
    {},
    {"Code": None},
    {"Code": ""},
    {"Code": "x" * 300},
    {"Code": "2", "Name": "\0"},
)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_record_says_nothing(odd: Any) -> None:
    assert [one.key for one in chart.accounts([odd, ACCOUNT])] == ["200"]
    assert chart.tax_types([odd]) == []
    assert chart.tracking([odd]) == []


def test_keys_that_are_missing_are_not_guessed() -> None:
    (account,) = chart.accounts([{"Code": "200"}])
    assert (account.is_active, account.detail["class"]) == (True, "")
    (rate,) = chart.tax_types([{"TaxType": "T"}])
    assert rate.detail == {}


@pytest.mark.parametrize("odd", [None, True, "much", [], "NaN", "Infinity"])
def test_an_odd_rate_is_none(odd: Any) -> None:
    (rate,) = chart.tax_types([{"TaxType": "T", "EffectiveRate": odd}])
    assert rate.detail == {}


def test_what_is_archived_or_a_bank_can_not_be_booked_to() -> None:
    rows = [ACCOUNT | {"Status": "ARCHIVED"}, ACCOUNT | {"Code": "090", "Type": "BANK"}]
    assert [one.is_active for one in chart.accounts(rows)] == [False, False]


def test_an_option_is_as_alive_as_its_category() -> None:
    category = {
        "Name": "Property",
        "Status": "ARCHIVED",
        "Options": [{"Name": "Mill Lane", "Status": "ACTIVE"}],
    }
    found = chart.tracking([category])
    assert [(one.sort, one.key, one.is_active) for one in found] == [
        ("tracking_category", "Property", False),
        ("tracking_option", "Property\x1fMill Lane", False),
    ]
