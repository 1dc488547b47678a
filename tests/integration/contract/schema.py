"""Our own schemas of what Xero answers and of what we send, each a small room in `schemas/`."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "schemas"


def exact(text: str | bytes) -> Any:
    """JSON with its numbers as they stand, so that `multipleOf 0.01` means what it says."""
    return json.loads(text, parse_float=Decimal)


@cache
def schemas() -> dict[str, Any]:
    return {path.stem: exact(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


@cache
def _registry() -> Registry[Any]:
    rooms = [
        (f"{name}.json", Resource.from_contents(one, default_specification=DRAFT202012))
        for name, one in schemas().items()
    ]
    return Registry().with_resources(rooms)


def problems(name: str, instance: Any) -> Iterator[str]:
    """What is wrong with an instance, in words; nothing when it fits."""
    validator = Draft202012Validator({"$ref": f"{name}.json"}, registry=_registry())
    for error in validator.iter_errors(instance):
        yield f"{name} at {error.json_path}: {error.message[:300]}"
