"""The 90-day strip: a day shows the worst that happened on it, in height and in words."""

from datetime import date, timedelta

from sync.pages.strip import LENGTH, Span, Strip, draw

TODAY = date(2026, 9, 14)
LONG_AGO = date(2025, 4, 2)


def strip(*spans: Span, since: date | None = LONG_AGO) -> Strip:
    return draw(spans, TODAY, since=since)


def test_a_connection_without_trouble_is_whole_on_every_day() -> None:
    whole = strip()
    assert whole.unbroken == LENGTH
    assert whole.says == "90 days, 17 Jun 2026 to 14 Sep 2026: connected on all days"
    assert list(whole.paths) == ["ok"]


def test_a_loss_is_named_with_its_days() -> None:
    broken = strip(Span("lost", date(2026, 7, 2), date(2026, 7, 2)), Span("lost", TODAY, None))
    assert "access lost on 2 Jul 2026 and 14 Sep 2026, connected on all other days" in broken.says
    assert broken.unbroken == LENGTH - 2


def test_the_worse_of_two_troubles_of_a_day_is_shown() -> None:
    day = date(2026, 8, 11)
    both = strip(Span("un", day, day), Span("lost", day, day))
    assert "access lost on 11 Aug 2026" in both.says
    assert "unavailable" not in both.says


def test_days_before_the_first_connection_are_neither_good_nor_bad() -> None:
    late = strip(since=TODAY - timedelta(days=9))
    assert late.unbroken == 10
    assert "not connected for 80 days" in late.says


def test_a_company_that_was_never_connected_says_so() -> None:
    assert strip(since=None).says.endswith("not connected for 90 days")


def test_many_bad_days_are_counted_instead_of_listed() -> None:
    assert "access lost on 20 days" in strip(Span("lost", TODAY - timedelta(days=19), None)).says


def test_a_broken_day_stands_higher_than_a_whole_one() -> None:
    broken = strip(Span("lost", TODAY, None))
    assert " 0h8V40" in broken.paths["lost"]
    assert " 20h6V40" in broken.paths["ok"]
