"""The banner by table: one company, several, often lost, awaiting its date, folded, on the steps."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from notifications.banners import Banner, Loss, Shape, choose

NINE_TWELVE = datetime(2026, 9, 14, 8, 12, tzinfo=UTC)  # 09:12 in London
HARBOUR_VIEW = Loss(
    episode_id=1,
    company_id=11,
    company="Harbour View Ltd",
    since=NINE_TWELVE,
    cause="Disconnect App was pressed in Xero’s Connected Apps",
    waiting=9,
    income=Decimal(8285),
    expenses=Decimal(624),
)
BEACON = replace(
    HARBOUR_VIEW,
    episode_id=2,
    company_id=12,
    company="Beacon Street Ltd",
    since=NINE_TWELVE.replace(minute=13),
    waiting=14,
    income=Decimal("11402.50"),
    expenses=Decimal(1918),
)


def shown(*losses: Loss, folded: str | None = None, step: int | None = None) -> Banner:
    banner = choose(losses, folded=folded, step_company_id=step)
    assert banner is not None
    return banner


def test_no_loss_no_banner() -> None:
    assert choose([]) is None


def test_one_company_says_since_when_why_and_what_waits() -> None:
    banner = shown(HARBOUR_VIEW)
    assert banner.heading == "Harbour View Ltd lost its access to Xero on 14 Sep 2026 at 09:12"
    assert banner.says == (
        "Most likely cause: Disconnect App was pressed in Xero’s Connected Apps. "
        "9 documents wait here: £8,285.00 of income and £624.00 of expenses. "
        "Nothing is lost; everything goes out once you reconnect."
    )
    assert (banner.shape, banner.company_id, banner.lines) == (Shape.FULL, 11, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_certain": True}, "Cause: Disconnect App"),
        (
            {"waiting": 0, "income": Decimal(0), "expenses": Decimal(0)},
            "No document waits yet. Nothing is lost",
        ),
        ({"waiting": 1, "expenses": Decimal(0)}, "1 document waits here: £8,285.00 of income. Nothing"),
        ({"due_soon": 1}, "1 of them is due within seven days."),
        ({"due_soon": 4}, "4 of them are due within seven days."),
        ({"currency": "EUR"}, "€8,285.00 of income"),
        ({"income": Decimal(-180)}, "−£180.00 of income"),
        ({"needs_date": True}, "Xero has accepted us again. 9 documents wait"),
    ],
)
def test_the_body_by_table(change: dict[str, object], said: str) -> None:
    assert said in shown(replace(HARBOUR_VIEW, **change)).says  # type: ignore[arg-type]  # a table of fields


def test_times_are_the_companys_own() -> None:
    assert "at 18:12" in shown(replace(HARBOUR_VIEW, zone="Australia/Sydney")).heading


def test_several_companies_fold_into_one_with_a_list() -> None:
    banner = shown(BEACON, HARBOUR_VIEW)
    assert banner.heading == "2 companies lost their access to Xero, the first on 14 Sep 2026 at 09:12"
    assert "Most likely cause for both:" in banner.says
    assert "23 documents wait here: £19,687.50 of income and £2,542.00 of expenses." in banner.says
    assert [line.company for line in banner.lines] == ["Harbour View Ltd", "Beacon Street Ltd"]
    assert banner.lines[1].says.startswith(
        "since 14 Sep 2026 at 09:13: 14 documents, £11,402.50 income and £1,918.00 expenses."
    )


def test_differing_causes_are_left_to_the_list() -> None:
    banner = shown(HARBOUR_VIEW, replace(BEACON, cause="the Xero trial of Beacon ended"))
    assert "The causes differ; the list names them." in banner.says
    assert "the Xero trial of Beacon ended" in banner.lines[1].says


def test_currencies_are_never_added_up() -> None:
    assert "€11,402.50 of income and €1,918.00 of expenses; £8,285.00 of income" in (
        shown(HARBOUR_VIEW, replace(BEACON, currency="EUR")).says
    )


def test_often_lost_offers_the_diagnostics_file() -> None:
    banner = shown(replace(HARBOUR_VIEW, times=3))
    assert banner.heading.endswith(", the third time in 30 days")
    assert banner.often is not None
    assert banner.often.often_said == "Three times within 30 days is unusual"
    assert shown(replace(HARBOUR_VIEW, times=2)).often is None


def test_folded_for_the_session_until_something_new_is_lost() -> None:
    mark = shown(HARBOUR_VIEW).fingerprint
    assert shown(HARBOUR_VIEW, folded=mark).shape is Shape.FOLDED
    assert shown(HARBOUR_VIEW, BEACON, folded=mark).shape is Shape.FULL


def test_on_its_own_steps_it_is_one_line() -> None:
    assert shown(HARBOUR_VIEW, BEACON, step=12).shape is Shape.STEP
    assert shown(HARBOUR_VIEW, BEACON, step=12).company_id == 12
    assert shown(HARBOUR_VIEW, step=99).shape is Shape.FULL


def test_a_step_speaks_of_its_own_company_alone() -> None:
    """Beside a menu that says one access is lost and one date missing, "2 companies lost" would be wrong."""
    dated = replace(BEACON, needs_date=True)
    assert shown(HARBOUR_VIEW, dated, step=12).heading == (
        "Beacon Street Ltd lost its access to Xero on 14 Sep 2026 at 09:13"
    )
    assert shown(HARBOUR_VIEW, dated).heading.startswith("2 companies lost")


def test_three_are_not_both() -> None:
    third = replace(BEACON, episode_id=3, company_id=13, company="Third Ltd")
    assert "Most likely cause for all 3:" in shown(HARBOUR_VIEW, BEACON, third).says


def test_a_very_long_list_is_cut_and_says_so() -> None:
    many = [replace(HARBOUR_VIEW, episode_id=n, company_id=n) for n in range(1000)]
    banner = shown(*many)
    assert (len(banner.lines), banner.unlisted, banner.count) == (50, 950, 1000)
