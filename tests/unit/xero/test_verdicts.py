"""The verdict table, row by row, and what its neighbours mean."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.verdict_table import TABLE
from integrations.xero.verdicts import classify, no_answer
from tests.house.sources import ROOT
from tests.unit.xero.answers import HTML, JSON, SAMPLES, TOKENS, VALIDATION, Sample, dump, problem


@pytest.mark.fact(
    "A6",
    "A7",
    "A8",
    "A9",
    "A15",
    "A16",
    "B1",
    "B3",
    "B6",
    "B7",
    "B8",
    "B9",
    "B12",
    "B13",
    "B14",
    "C2",
    "C6",
    "C8",
    "C10",
    "C14",
    "C19",
    "C22",
    "D4",
)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.row)
def test_each_row_recognises_its_answer(sample: Sample) -> None:
    verdict = sample.verdict()
    assert (verdict.row, verdict.kind) == (sample.row, sample.kind)


def test_every_row_has_its_answer_here() -> None:
    assert [row.name for row in TABLE] == [sample.row for sample in SAMPLES]


def test_every_row_rests_on_a_fact_of_the_documentation() -> None:
    facts = Path(ROOT / "docs" / "xero.md").read_text()
    assert [row.name for row in TABLE if f"| {row.fact} |" not in facts] == []


class TestKeysAreReadWhateverTheirCase:
    def test_of_a_refused_organisation(self) -> None:
        body = dump(title="Forbidden", status=403, detail="AuthenticationUnsuccessful")
        assert classify(Endpoint.READ, 403, JSON, body).kind is Kind.PERHAPS_UNLINKED

    def test_of_a_dead_grant(self) -> None:
        assert classify(Endpoint.TOKEN, 400, {}, b'{"Error": "invalid_grant"}').kind is Kind.GRANT_DEAD

    def test_but_one_that_says_two_things_says_nothing(self) -> None:
        body = b'{"error":"invalid_grant","Error":"server_error"}'
        assert classify(Endpoint.TOKEN, 400, JSON, body).kind is Kind.UNAVAILABLE


class TestAMissingScope:
    @pytest.mark.fact("B8")
    @pytest.mark.parametrize(
        "header",
        [
            "Bearer error=insufficient_scope",
            'Bearer error="insufficient_scope", scope="accounting.payments"',
            "insufficient_scope",
            "insufficent_scope",
            "Bearer error=insufficent_scope",
        ],
    )
    @pytest.mark.parametrize("status", [401, 403])
    def test_is_told_by_the_header_however_it_is_spelt(self, header: str, status: int) -> None:
        headers = {"www-authenticate": header}
        assert classify(Endpoint.WRITE, status, headers, b"").kind is Kind.SCOPE_MISSING

    def test_names_the_scopes_that_the_header_names(self) -> None:
        headers = {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="a.read b"'}
        assert classify(Endpoint.READ, 401, headers, b"").scopes == ("a.read", "b")

    def test_is_no_lost_access_when_it_comes_as_403(self) -> None:
        verdict = classify(Endpoint.READ, 403, JSON, problem(403, "AuthorizationUnsuccessful"))
        assert verdict.kind is Kind.SCOPE_MISSING


class TestWhatIsNotInTheTable:
    @pytest.mark.parametrize("endpoint", Endpoint)
    @pytest.mark.parametrize("status", [302, 402, 403, 409, 418, 500, 502, 503, 504, 599])
    @pytest.mark.parametrize("body", [b"", b"<html>Forbidden</html>", b"{", b"null", b"[1", b"\xff\xfe"])
    def test_is_unavailable_or_of_unknown_outcome(self, endpoint: Endpoint, status: int, body: bytes) -> None:
        expected = Kind.OUTCOME_UNKNOWN if endpoint.is_write else Kind.UNAVAILABLE
        assert classify(endpoint, status, {}, body).kind is expected

    @pytest.mark.parametrize("endpoint", [Endpoint.READ, Endpoint.CONNECTIONS, Endpoint.TOKEN, Endpoint.KEYS])
    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"Invoices":[{"Total":1', b"null", b'"x"', b"1"])
    def test_a_good_status_with_a_bad_body_is_not_fine(self, endpoint: Endpoint, body: bytes) -> None:
        assert classify(endpoint, 200, JSON, body).kind is Kind.UNAVAILABLE

    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"Invoices":[{"Total":1'])
    def test_a_write_with_a_bad_answer_may_have_been_done(self, body: bytes) -> None:
        assert classify(Endpoint.WRITE, 200, JSON, body).kind is Kind.OUTCOME_UNKNOWN

    def test_a_web_page_cannot_end_a_grant(self) -> None:
        assert classify(Endpoint.TOKEN, 400, HTML, b'{"error":"invalid_grant"}').kind is Kind.UNAVAILABLE

    @pytest.mark.fact("B10")
    def test_an_empty_403_is_for_products_that_we_do_not_use(self) -> None:
        assert classify(Endpoint.READ, 403, {}, b"").kind is Kind.UNAVAILABLE

    def test_an_outage_of_a_write_leaves_its_outcome_unknown(self) -> None:
        verdict = classify(Endpoint.WRITE, 503, {}, b"The Organisation is offline")
        assert verdict.kind is Kind.OUTCOME_UNKNOWN


class TestTokensThatAreNotWhole:
    @pytest.mark.parametrize("missing", ["access_token", "refresh_token", "expires_in"])
    def test_are_not_fine(self, missing: str) -> None:
        body = json.loads(TOKENS)
        del body[missing]
        assert classify(Endpoint.TOKEN, 200, JSON, dump(**body)).kind is Kind.UNAVAILABLE

    @pytest.mark.parametrize("lasts", ["1800", 0, -1, None, 1.5, True])
    def test_nor_with_a_life_that_is_no_number(self, lasts: object) -> None:
        body = json.loads(TOKENS) | {"expires_in": lasts}
        assert classify(Endpoint.TOKEN, 200, JSON, dump(**body)).kind is Kind.UNAVAILABLE


class TestSilence:
    def test_before_anything_was_sent_is_only_unavailable(self) -> None:
        assert no_answer(Endpoint.WRITE, was_sent=False).kind is Kind.UNAVAILABLE

    @pytest.mark.fact("C20")
    def test_after_a_write_was_sent_leaves_its_outcome_unknown(self) -> None:
        assert no_answer(Endpoint.WRITE, was_sent=True).kind is Kind.OUTCOME_UNKNOWN

    def test_after_a_read_is_unavailable(self) -> None:
        assert no_answer(Endpoint.READ, was_sent=True).kind is Kind.UNAVAILABLE


def test_a_refusal_carries_xeros_words_and_elements() -> None:
    verdict = classify(Endpoint.WRITE, 400, JSON, VALIDATION)
    assert verdict.messages == ("Account code '999' is not a valid code for this document.",)
    assert len(verdict.elements) == 1


def test_a_reused_key_is_recognised_among_the_elements_too() -> None:
    errors = [{"Message": "Idempotency Key: k is used with a different request."}]
    body = dump(ErrorNumber=10, Type="ValidationException", Elements=[{"ValidationErrors": errors}])
    assert classify(Endpoint.WRITE, 400, JSON, body).kind is Kind.OUTCOME_UNKNOWN


@pytest.mark.fact("F7")
def test_money_is_exact() -> None:
    verdict = classify(Endpoint.READ, 200, JSON, b'{"Invoices":[{"Total":1234567890.12,"AmountDue":0.1}]}')
    assert verdict.content["Invoices"][0] == {"Total": Decimal("1234567890.12"), "AmountDue": Decimal("0.1")}


def test_what_was_said_leaves_out_moments_and_bodies() -> None:
    expired = problem(401, "TokenExpired: token expired at 09/24/2021 08:23:47")
    assert classify(Endpoint.READ, 401, JSON, expired).said == "401 TokenExpired"
    assert "a.b.c" not in repr(classify(Endpoint.TOKEN, 200, JSON, TOKENS))
