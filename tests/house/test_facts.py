"""What we know of Xero is held by tests: docs/xero.md and the marks of tests agree to the letter."""

from collections import Counter

from tests.house.facts import column, facts, marked_tests
from tests.house.sources import ROOT, name_of
from xero_sandbox.switches import CHOICES

CONTRACT = ROOT / "tests" / "integration" / "xero_sandbox"
# About the stand-in itself, not about Xero.
ABOUT_THE_SANDBOX = {
    "test_control_room.py",
    "test_copying.py",
    "test_documented.py",
    "test_faults.py",
    "test_speed.py",
    "test_start.py",
    "test_switches.py",
}


def test_every_row_has_a_number_of_its_own() -> None:
    assert [row for row, count in Counter(fact.row for fact in facts()).items() if count > 1] == []
    letters = {fact.row[0] for fact in facts()}
    assert letters == set("ABCDEFG")


def test_every_row_that_says_something_exact_has_a_test() -> None:
    held = {row for test in marked_tests() for row in test.rows}
    assert [fact.row for fact in facts() if fact.needs_a_test and fact.row not in held] == []


def test_no_test_names_a_row_that_is_not_there() -> None:
    rows = {fact.row for fact in facts()}
    assert [f"{test}: {row}" for test in marked_tests() for row in test.rows if row not in rows] == []


def test_every_test_of_the_contract_names_a_row() -> None:
    about_xero = (one for one in marked_tests() if one.path.parent == CONTRACT)
    silent = [one for one in about_xero if one.path.name not in ABOUT_THE_SANDBOX and not one.rows]
    assert [str(one) for one in silent] == []


def test_the_page_names_the_tests_that_hold_each_row() -> None:
    """Written by `python -m tests.house.facts`."""
    marked = list(marked_tests())
    assert [fact.row for fact in facts() if fact.tests != column(fact.row, marked)] == []


def test_what_is_not_sure_names_its_switch_or_why_there_is_none() -> None:
    missing = [fact.row for fact in facts() if fact.is_unsure and not fact.switches and len(fact.switch) < 10]
    assert missing == []


def test_every_switch_belongs_to_a_row() -> None:
    named = {switch for fact in facts() for switch in fact.switches}
    assert named - CHOICES.keys() == set()
    assert CHOICES.keys() - named == set()


def test_the_guide_names_the_row_of_every_switch() -> None:
    """docs/sandbox.md says of each which fact it turns."""
    guide = (ROOT / "docs" / "sandbox.md").read_text()
    lines = [line for line in guide.splitlines() if line.startswith("| `")]
    pairs = [(fact.row, switch) for fact in facts() for switch in fact.switches]
    assert [pair for pair in pairs if not any(_names(line, *pair) for line in lines)] == []


def _names(line: str, row: str, switch: str) -> bool:
    cells = line.strip("| ").split(" | ")
    return f"`{switch}`" in cells[0] and row in cells[-1].split(", ")


def test_the_verdict_table_rests_on_rows_that_its_tests_name() -> None:
    verdicts = ROOT / "tests" / "unit" / "xero" / "test_verdicts.py"
    [test] = [one for one in marked_tests() if one.path == verdicts and "each_row_recognises" in one.name]
    source = (ROOT / "integrations" / "xero" / "verdict_table.py").read_text()
    assert [row for row in test.rows if f'"{row}"' not in source] == [], name_of(verdicts)
