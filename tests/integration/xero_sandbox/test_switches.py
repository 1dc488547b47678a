"""Unsettled facts as switches: set alone, drawn from a seed, never misspelt."""

import json

import pytest

from tests.integration.xero_sandbox.driver import Sandbox


def test_a_seed_draws_the_same_switches_again(sandbox: Sandbox) -> None:
    first = sandbox.control("switches", draw=11)
    assert sandbox.control("switches", draw=12) != first
    assert sandbox.control("switches", draw=11) == first


@pytest.mark.parametrize("body", [{"no_such_switch": True}, {"cancel_returns_state": "maybe"}])
def test_a_switch_that_is_not_there_is_refused(sandbox: Sandbox, body: dict[str, object]) -> None:
    address = f"{sandbox.base}/sandbox/api/switches"
    assert sandbox.http.request("POST", address, body=json.dumps(body)).status == 400


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_drawn_an_app_can_connect_and_write(sandbox: Sandbox, seed: int) -> None:
    sandbox.control("switches", draw=seed)
    sandbox.switch(redirect_uri_check="relaxed")
    assert sandbox.connect().create()["Total"] == 120


def test_a_reset_puts_every_switch_back(sandbox: Sandbox) -> None:
    before = sandbox.state()["switches"]
    sandbox.control("switches", draw=3)
    sandbox.control("reset")
    assert sandbox.state()["switches"] == before
