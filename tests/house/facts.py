"""docs/xero.md as rows, and the tests that say which row they hold: `@pytest.mark.fact("B3")`.

The column of tests in the page is written from the marks: `python -m tests.house.facts`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.house.sources import ROOT, name_of, python_sources, tree

PAGE = ROOT / "docs" / "xero.md"
ROW = re.compile(r"^\| ([A-G]\d+) \| (.+) \| (.+) \| (.+) \| (.*) \|$")
SAYS_SOMETHING_EXACT = re.compile(r"`|\b[1-5]\d\d\b")
UNSURE = ("reported", "inferred", "open")


@dataclass(frozen=True)
class Fact:
    row: str
    text: str
    sure: str
    switch: str
    tests: str

    @property
    def needs_a_test(self) -> bool:
        """A status, a body, a header or a text is something that a test can hold."""
        return bool(SAYS_SOMETHING_EXACT.search(self.text))

    @property
    def is_unsure(self) -> bool:
        return any(word in self.sure for word in UNSURE)

    @property
    def switches(self) -> set[str]:
        return set(re.findall(r"`(\w+)`", self.switch))

    def __str__(self) -> str:
        return f"| {self.row} | {self.text} | {self.sure} | {self.switch} | {self.tests} |"


@dataclass(frozen=True)
class Marked:
    """A test, and the rows that its mark names."""

    path: Path
    name: str
    rows: tuple[str, ...]

    def __str__(self) -> str:
        return f"{name_of(self.path)}::{self.name}"


def facts() -> list[Fact]:
    found = (ROW.match(line) for line in PAGE.read_text().splitlines())
    return [Fact(*match.groups()) for match in found if match]


def marked_tests() -> Iterator[Marked]:
    for path in python_sources():
        if path.name.startswith("test_"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield Marked(path, node.name, tuple(_rows(node)))


def _rows(node: ast.FunctionDef) -> Iterator[str]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fact":
            yield from (one.value for one in mark.args if isinstance(one, ast.Constant))  # type: ignore[misc]


def column(row: str, marked: list[Marked]) -> str:
    """The names of the tests that hold a row, as `pytest -k` takes them."""
    names = sorted({one.name for one in marked if row in one.rows})
    return "<br>".join(f"`{name}`" for name in names) or "–"


def write() -> None:
    marked = list(marked_tests())
    lines = PAGE.read_text().splitlines()
    for place, line in enumerate(lines):
        if match := ROW.match(line):
            fact = Fact(*match.groups())
            lines[place] = str(replace(fact, tests=column(fact.row, marked)))
    PAGE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write()
