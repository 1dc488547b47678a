"""Words that would hide what a thing is."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import name_of, python_sources, tree

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}
# Xero's tenant is an organisation and ours is a lessee: the bare word could be either.
AMBIGUOUS = {"tenant", "tenants"}


def test_no_module_is_a_drawer_for_anything() -> None:
    names = ((path, {path.stem, *Path(name_of(path)).parent.parts}) for path in python_sources())
    assert [name_of(path) for path, parts in names if EMPTY_WORDS & parts] == []


def test_nobody_is_just_a_tenant() -> None:
    assert [name_of(path) for path in python_sources() if AMBIGUOUS & set(identifiers(tree(path)))] == []


def test_no_field_hides_the_builtin_property() -> None:
    assert [name_of(path) for path in python_sources() if "property" in fields(tree(path))] == []


def identifiers(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        for attribute in ("id", "arg", "attr", "name"):
            value = getattr(node, attribute, None)
            if isinstance(value, str):
                yield value


def fields(module: ast.Module) -> Iterator[str]:
    classes = (node for node in ast.walk(module) if isinstance(node, ast.ClassDef))
    for statement in (statement for node in classes for statement in node.body):
        one = [statement.target] if isinstance(statement, ast.AnnAssign) else []
        targets = statement.targets if isinstance(statement, ast.Assign) else one
        yield from (target.id for target in targets if isinstance(target, ast.Name))
