"""The text version: aligned facts, short lines, whole addresses, runs of numbers."""

from notifications.plain import facts_text, number_runs, tidy


def test_facts_hang_beside_their_labels() -> None:
    said = facts_text([("Away", "2 h"), ("New numbers", "INV-1 to INV-5\nCN-2")])
    assert said == "Away:         2 h\nNew numbers:  INV-1 to INV-5\n              CN-2"


def test_a_long_fact_stays_within_the_line() -> None:
    lines = facts_text([("It takes", "about two minutes " * 10)]).splitlines()
    assert all(len(line) <= 76 for line in lines)
    assert all(line.startswith(" " * 11) for line in lines[1:])


def test_an_address_is_never_broken() -> None:
    address = "https://books.example.com/" + "x" * 90
    assert address in tidy(f"Hello,\n\n\n\n{'word ' * 40}\n\n{address}\n").splitlines()


def test_neighbouring_numbers_become_a_run() -> None:
    given = ["INV-000122", "INV-000121", "INV-000123", "CN-000026", "INV-000125"]
    assert number_runs(given) == ["CN-000026", "INV-000121 to INV-000123", "INV-000125"]
    assert number_runs(["ABC", "1"]) == ["1", "ABC"]
