"""Compose, the image and the production settings, as far as they can be judged without an engine."""

import os
import subprocess
import sys
from typing import Any

import pytest
import yaml

from tests.house.sources import ROOT

PRODUCTION = {
    "DEBUG": "0",
    "SITE_URL": "https://released.example",
    "ALLOWED_HOSTS": "released.example",
    "SECRET_KEY": "in-production-this-comes-from-a-secret-store-and-nowhere-else-0123456789",
    "XERO_LOGIN_URL": "https://login.example",
    "XERO_IDENTITY_URL": "https://identity.example",
    "XERO_API_URL": "https://api.example",
    "EMAIL_URL": "smtp://mail.example:25",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_the_compose_file_follows_the_compose_specification() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    done = run(sys.executable, "-m", "check_jsonschema", *schema, "docker-compose.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_service_that_is_waited_for_can_be_asked_how_it_is(compose: dict[str, Any]) -> None:
    services = compose["services"]
    waited = {
        name
        for service in services.values()
        for name, wait in service.get("depends_on", {}).items()
        if wait["condition"] == "service_healthy"
    }
    assert {"postgres", "redis"} <= waited
    assert [name for name in waited if "healthcheck" not in services[name]] == []


def test_the_stand_ins_are_started_for_a_demo_only(compose: dict[str, Any]) -> None:
    assert {name for name, service in compose["services"].items() if service.get("profiles") == ["demo"]} == {
        "mail",
        "sandbox",
    }


def test_the_image_installs_by_hash_and_does_not_run_as_root() -> None:
    stages = (ROOT / "Dockerfile").read_text().split("\nFROM ")
    assert len(stages) > 2
    assert "--require-hashes" in stages[0] + stages[1]
    final = [stage for stage in stages if " AS runtime" in stage or " AS sandbox" in stage]
    assert all("\nUSER released" in stage for stage in final)


def test_production_settings_raise_no_warning() -> None:
    done = run(sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stdout + done.stderr
