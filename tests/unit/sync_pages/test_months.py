"""The picture beside a sync-from date: what falls in, what stays out, where the lock lies."""

from datetime import date

from sync.pages.months import FEWEST, MOST, draw

TODAY = date(2026, 9, 14)


def test_nothing_is_drawn_for_a_company_without_documents() -> None:
    assert draw({}, TODAY, TODAY, None) is None


def test_months_from_the_date_on_are_inside() -> None:
    drawn = draw({date(2026, 7, 1): 4, date(2026, 8, 1): 8}, date(2026, 8, 1), TODAY, date(2026, 7, 31))
    assert drawn is not None
    assert (drawn.inside.count("M"), drawn.outside.count("M")) == (1, 1)
    assert drawn.start_at == drawn.lock_at
    assert drawn.says == (
        "Documents by month, Apr 2025 to Sep 2026: 4 documents before 1 Aug 2026, 8 from then on. "
        "Xero is locked up to 31 Jul 2026."
    )


def test_the_picture_is_never_too_coarse_nor_too_fine() -> None:
    few = draw({date(2026, 9, 1): 1}, TODAY, TODAY, None)
    many = draw({date(2001, 1, 1): 1, date(2026, 9, 1): 1}, date(2001, 1, 1), TODAY, None)
    assert few is not None
    assert many is not None
    assert (few.width, many.width) == (FEWEST * 20, MOST * 20)
    assert many.start_at is None
