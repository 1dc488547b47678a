"""A file is a room with one purpose, and a function fits a glance."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import name_of, ours, python_sources, tree

FILE, FUNCTION, TEMPLATE = 300, 40, 100
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_file_keeps_to_300_lines() -> None:
    files = [*python_sources(), *ours(".css", ".js", ".sh")]
    assert [name_of(path) for path in files if lines(path) > FILE] == []


def test_a_template_keeps_to_100_lines() -> None:
    templates = [path for path in ours(".html", ".txt") if "templates" in path.parts]
    assert [name_of(path) for path in templates if lines(path) > TEMPLATE] == []


def test_a_function_keeps_to_40_lines() -> None:
    assert [name for path in python_sources() for name in long_functions(path)] == []


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, FUNCTIONS) and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION:
            yield f"{name_of(path)}: {node.name}"
