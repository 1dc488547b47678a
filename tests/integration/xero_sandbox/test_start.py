"""Starting: the seeds, the environment, and the refusal to stand in production."""

import os
import subprocess
import sys

from tests.integration.xero_sandbox.driver import ROOT, Sandbox, running_sandbox


def test_it_refuses_to_start_with_debug_off() -> None:
    command = [sys.executable, "-m", "xero_sandbox", "--port", "0"]
    answer = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DEBUG": "False"}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 2
    assert "no place in production" in answer.stderr


def test_it_can_be_forced_and_takes_its_credentials_from_the_environment() -> None:
    with running_sandbox("--force", "--seed", "empty", DEBUG="False", XERO_CLIENT_ID="mine") as address:
        sandbox = Sandbox(address)
        assert sandbox.state()["organisations"] == []
        assert sandbox.token(client_id="mine", grant_type="x").data == b'{"error":"unsupported_grant_type"}'
        assert sandbox.token(grant_type="x").data == b'{"error":"invalid_client"}'
        sandbox.http.clear()


def test_nothing_is_left_of_it_when_who_started_it_is_killed() -> None:
    command = [sys.executable, "-m", "xero_sandbox", "--port", "0", "--until-input-ends"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DEBUG": "True"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"Sandbox Xero on http://")
        process.stdin.close()  # what the kernel does with the pipe of a process that is gone
        process.wait(timeout=30)


def test_an_issuer_can_be_pinned() -> None:
    with running_sandbox(XERO_SANDBOX_ISSUER="https://identity.xero.example/") as address:
        sandbox = Sandbox(address)
        found = sandbox.get("/.well-known/openid-configuration").json()
        assert found["issuer"] == "https://identity.xero.example"
        sandbox.http.clear()


def test_a_cast_of_ones_own_can_be_made(sandbox: Sandbox) -> None:
    sandbox.control("reset", seed="empty")
    sandbox.control("user", name="Zoe Quill", email="zoe@quill.example")
    sandbox.control("organisation", name="Quill Ltd", users=["zoe@quill.example"], currency="EUR")
    app = sandbox.connect("zoe@quill.example", "Quill Ltd")
    assert app.create()["CurrencyCode"] == "EUR"


def test_ids_of_the_demo_are_the_same_after_a_reset(sandbox: Sandbox) -> None:
    before = [one["organisation_id"] for one in sandbox.state()["organisations"]]
    sandbox.control("reset")
    assert [one["organisation_id"] for one in sandbox.state()["organisations"]] == before
