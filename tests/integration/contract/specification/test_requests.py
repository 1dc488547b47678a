"""What our product sends, against Xero's own specification."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.contract.specification.reading import asked, problems_of_request, raw
from tests.integration.contract.specification.test_answers import ACCOUNTING, IDENTITY
from tests.integration.contract.spoken import Spoken

# Sent with every list; endpoints without pages ignore them (docs/xero.md C4).
UNUSED = {"page", "pageSize"}


def wrong(one: Spoken) -> Iterator[str]:
    query = "&".join(f"{name}={value}" for name, value in one.query.items())
    path = one.path.replace("/connections", "/Connections")
    request = asked(one.method, f"{path}?{query}", one.body.encode() or None, dict(one.headers))
    yield from problems_of_request(ACCOUNTING if "/api.xro/" in path else IDENTITY, request)


@pytest.mark.fact("C4", "C6", "C7", "C10", "C13")
def test_everything_we_say_to_xero_fits(spoken: list[Spoken]) -> None:
    ours = [one for one in spoken if one.path.startswith(("/api.xro/", "/connections"))]
    assert ours
    assert [f"{one}: {problem}" for one in ours for problem in wrong(one)] == []
    assert [one for one in ours for name in unknown(one)] == []


def unknown(one: Spoken) -> set[str]:
    """Parameters that the specification does not have at this place: it would not notice them itself."""
    operations = raw(ACCOUNTING)["paths"].get(one.path.removeprefix("/api.xro/2.0"), {})
    operation = operations.get(one.method.lower()) if "/api.xro/" in one.path else None
    return set(one.query) - names(operation) - UNUSED if operation else set()


def names(operation: dict[str, Any]) -> set[str]:
    shared = raw(ACCOUNTING)["components"]["parameters"]
    rows = operation.get("parameters", [])
    return {(shared[row["$ref"].split("/")[-1]] if "$ref" in row else row)["name"] for row in rows}
