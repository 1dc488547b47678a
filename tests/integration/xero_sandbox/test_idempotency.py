"""Idempotency-Key: six minutes, errors too, and never for another request (docs/xero.md C)."""

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, App, invoice, line

KEY = "delivery-1"


@pytest.mark.fact("C10")
def test_the_same_request_under_its_key_gets_the_same_answer(app: App) -> None:
    first = app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY)
    again = app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY)
    assert again.data == first.data
    assert len(app.read("Invoices?createdByMyApp=true")["Invoices"]) == 1


@pytest.mark.fact("C10")
def test_after_six_minutes_the_key_is_forgotten(app: App) -> None:
    body = invoice(Url="https://app.example/invoice/1")
    app.call("PUT", "Invoices", body, Idempotency_Key=KEY)
    app.sandbox.control("clock", shift_seconds=359)
    app.call("PUT", "Invoices", body, Idempotency_Key=KEY)
    assert app.sandbox.record()["doubles"] == []
    app.sandbox.control("clock", shift_seconds=1)
    app.call("PUT", "Invoices", body, Idempotency_Key=KEY)
    [double] = app.sandbox.record()["doubles"]
    assert (double["organisation"], double["count"]) == (HARBOUR, 2)


@pytest.mark.fact("C10")
@pytest.mark.parametrize("place", ["message", "elements"])
def test_another_request_under_the_key_is_refused(app: App, place: str) -> None:
    app.sandbox.switch(idempotency_reuse_body=place)
    app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY)
    answer = app.call("PUT", "Invoices", invoice(Reference="other"), Idempotency_Key=KEY)
    assert answer.status == 400
    assert f"Idempotency Key: {KEY} is used with a different request." in answer.data.decode()
    assert app.call("POST", "Invoices", invoice(), Idempotency_Key=KEY).status == 400


@pytest.mark.fact("C10")
@pytest.mark.parametrize(("replayed", "status"), [(True, 400), (False, 200)])
def test_whether_a_refusal_is_replayed_is_unsettled(app: App, replayed: bool, status: int) -> None:
    app.sandbox.switch(cached_refusal_replayed=replayed)
    body = invoice(LineItems=[line(AccountCode="200")])
    app.sandbox.control("archive-account", organisation=HARBOUR, code="200")
    assert app.call("PUT", "Invoices", body, Idempotency_Key=KEY).status == 400
    app.sandbox.control("archive-account", organisation=HARBOUR, code="200", restore=True)
    assert app.call("PUT", "Invoices", body, Idempotency_Key=KEY).status == status


@pytest.mark.fact("C10")
def test_a_key_may_have_128_characters(app: App) -> None:
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key="k" * 128).status == 200
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key="k" * 129).status == 400


@pytest.mark.fact("C20")
def test_a_store_that_is_down_is_a_500(app: App) -> None:
    app.sandbox.control("idempotency", down=True)
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY).status == 500
    assert app.call("PUT", "Invoices", invoice()).status == 200


@pytest.mark.fact("C10")
def test_a_limit_is_not_remembered_under_the_key(app: App) -> None:
    app.sandbox.control("limits", enabled=True, exhaust="minute", organisation=HARBOUR)
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY).status == 429
    app.sandbox.control("limits", fresh=True)
    assert app.call("PUT", "Invoices", invoice(), Idempotency_Key=KEY).status == 200
