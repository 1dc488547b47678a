"""Xero's published specification, where a machine has it: read once, and asked about requests and answers."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import yaml
from jsonschema_path import SchemaPath
from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

XERO = "https://api.xero.com"


@cache
def raw(name: str) -> dict[str, Any]:
    """The document as it lies there."""
    path = Path(os.environ["XERO_SPECIFICATION"]) / name
    loaded: dict[str, Any] = yaml.load(path.read_text(), yaml.CSafeLoader)  # the safe one, in C
    for operation in operations(loaded):
        operation.pop("security", None)  # who may ask is tested elsewhere, and this library knows no OAuth
    return loaded


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document.get("paths", {}).values():
        yield from (one for name, one in path.items() if name in ("get", "put", "post", "delete"))


@cache
def specification(name: str) -> OpenAPI:
    """Read without judging the document itself: some of its own examples break its rules."""
    return OpenAPI(SchemaPath.from_dict(raw(name)), config=Config(spec_validator_cls=None))


def asked(method: str, target: str, body: bytes | None, headers: dict[str, str]) -> MockRequest:
    parts = urlsplit(target)
    content_type = headers.get("content-type", "application/json")
    sent = {"xero-tenant-id": "55afc7d3-a77e-58a1-9001-a78d66ff527c", "Authorization": "Bearer x"} | headers
    query = dict(parse_qsl(parts.query))
    return MockRequest(
        XERO, method.lower(), parts.path, headers=sent, args=query, data=body, content_type=content_type
    )


def problems_of_request(name: str, request: MockRequest) -> Iterator[str]:
    try:
        specification(name).validate_request(request)
    except OpenAPIError as problem:
        yield from told(problem)


def problems_of_answer(name: str, request: MockRequest, answer: MockResponse) -> Iterator[str]:
    try:
        specification(name).validate_response(request, answer)
    except OpenAPIError as problem:
        yield from told(problem)


def told(problem: BaseException) -> Iterator[str]:
    """Down to the schema's own words."""
    cause = problem.__cause__ or problem
    errors = list(getattr(cause, "schema_errors", []))
    for error in errors:
        yield f"{'/'.join(str(part) for part in error.path)}: {error.message[:300]}"
    if not errors:
        yield f"{type(cause).__name__}: {cause}"[:300]
