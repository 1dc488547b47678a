"""A text that was cut inside an emoji costs that character, not the answer; in tokens nothing is mended."""

from decimal import Decimal

import pytest

from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.seen import look_at
from integrations.xero.verdicts import classify
from tests.unit.xero.answers import JSON, TOKENS


def test_an_answer_with_half_an_emoji_is_read() -> None:
    body = rb'{"Contacts":[{"Name":"Flat \ud83d","Total":1234567890.12,"\uDE00x":["\ud83d\ude00"]}]}'
    verdict = classify(Endpoint.READ, 200, JSON, body)
    assert verdict.kind is Kind.FINE
    assert verdict.content == {
        "Contacts": [{"Name": "Flat \ufffd", "Total": Decimal("1234567890.12"), "\ufffdx": ["\U0001f600"]}]
    }


@pytest.mark.parametrize(
    "body",
    [
        rb'{"a":"\ud83d"',
        rb'{"a":"\ud83d"} x',
        rb'{"a":"\ud83d","n":NaN}',
        rb'{"a":"\ud83d","n":-Infinity}',
        rb'{"a":"\ud83d",}',
        b'{"a":"Flat \xed\xa0\xbd \\ud83d"}',
    ],
)
def test_what_is_no_json_besides_stays_unreadable(body: bytes) -> None:
    assert not look_at(200, {}, body, mends=True).is_json


def test_a_text_about_such_escapes_is_left_alone() -> None:
    assert look_at(200, {}, rb'{"a":"\\ud83d"}', mends=True).content == {"a": r"\ud83d"}


@pytest.mark.parametrize("endpoint", [Endpoint.TOKEN, Endpoint.APP_TOKEN, Endpoint.KEYS])
def test_nothing_is_mended_in_tokens_and_keys(endpoint: Endpoint) -> None:
    broken = TOKENS.replace(b"a.b.c", rb"a.b.c\ud83d")
    assert broken != TOKENS
    assert classify(endpoint, 200, JSON, broken).kind is Kind.UNAVAILABLE
    assert classify(endpoint, 400, JSON, rb'{"error":"invalid_grant","x":"\ud83d"}').kind is Kind.UNAVAILABLE
