"""Whatever is not exactly a deadly answer is never taken for one."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.verdicts import classify
from tests.unit.xero.answers import SAMPLES, Sample, problem

DEAD = b'{"error":"invalid_grant"}'
CODES = [
    "invalid_grant",
    "invalid_client",
    "invalid_grant ",
    "Invalid_Grant",
    "invalid_grants",
    "server_error",
]
KEYS = ["error", "Error", "errors", "error_code", "message", "Detail", "detail"]
TYPES = [
    "application/json",
    "application/json; charset=UTF-8",
    "text/html",
    "text/plain",
    "application/xml",
    "",
]

statuses = st.integers(200, 599)
words = st.one_of(st.sampled_from(CODES), st.text(max_size=20), st.none(), st.integers(), st.lists(st.text()))
objects = st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=8)), words, max_size=4)
bodies = st.one_of(
    objects.map(lambda made: json.dumps(made).encode()),
    st.binary(max_size=60),
    st.sampled_from([sample.body for sample in SAMPLES]),
    st.integers(0, len(DEAD)).map(lambda end: DEAD[:end]),
)
headers = st.fixed_dictionaries(
    {"Content-Type": st.sampled_from(TYPES)},
    optional={"WWW-Authenticate": st.sampled_from(["Bearer", "Bearer error=invalid_token", "invalid_grant"])},
)


def says(body: bytes, key: str) -> Any:
    """The one value under this key, whatever its case; None when there is none or more than one."""
    try:
        content = json.loads(body)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    found = [value for name, value in content.items() if name.lower() == key]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


@given(st.sampled_from(Endpoint), statuses, headers, bodies)
def test_only_the_two_deadly_answers_are_deadly(
    endpoint: Endpoint, status: int, given_headers: dict[str, str], body: bytes
) -> None:
    kind = classify(endpoint, status, given_headers, body).kind
    if kind is Kind.GRANT_DEAD:
        assert (endpoint, status, says(body, "error")) == (Endpoint.TOKEN, 400, "invalid_grant")
        assert "json" in given_headers["Content-Type"] or not given_headers["Content-Type"]
    if kind is Kind.PERHAPS_UNLINKED:
        assert endpoint in (Endpoint.READ, Endpoint.WRITE)
        assert (status, says(body, "detail")) == (403, "AuthenticationUnsuccessful")


@given(st.integers(0, len(DEAD) - 1), st.integers(0, 255))
def test_one_letter_away_from_a_dead_grant_is_not_dead(place: int, byte: int) -> None:
    body = DEAD[:place] + bytes([byte]) + DEAD[place + 1 :]
    if says(body, "error") != "invalid_grant":
        assert classify(Endpoint.TOKEN, 400, {}, body).kind is not Kind.GRANT_DEAD


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.row)
def test_at_another_status_no_answer_ends_a_grant(sample: Sample) -> None:
    """Every other status there is, not a sample of them."""
    moved = (replace(sample, status=status) for status in range(200, 600) if status != sample.status)
    kinds = {one.status: one.verdict().kind for one in moved}
    assert Kind.GRANT_DEAD not in kinds.values()
    assert {status for status, kind in kinds.items() if kind is Kind.PERHAPS_UNLINKED} <= {403}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.row)
def test_to_another_question_no_answer_ends_a_grant(sample: Sample) -> None:
    moved = [replace(sample, endpoint=endpoint) for endpoint in Endpoint if endpoint is not Endpoint.TOKEN]
    assert [one.endpoint for one in moved if one.verdict().kind is Kind.GRANT_DEAD] == []


@given(st.integers(0, 200))
def test_a_truncated_refusal_is_not_taken_for_lost_access(end: int) -> None:
    body = problem(403, "AuthenticationUnsuccessful")
    if end < len(body):
        assert classify(Endpoint.READ, 403, {}, body[:end]).kind is Kind.UNAVAILABLE
