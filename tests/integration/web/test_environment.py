"""A wrong environment is named by its variable before anybody is served."""

import os
import subprocess
import sys

import pytest
from pytest_django import Settings

from released.web.checks import environment
from tests.house.sources import ROOT

GOOD_KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="


@pytest.fixture(autouse=True)
def _good(settings: Settings) -> None:
    settings.SITE_URL = "https://books.example.com"
    settings.TOKEN_ENCRYPTION_KEYS = [GOOD_KEY]


def said() -> str:
    return "\n".join(f"{found.msg} {found.hint}" for found in environment())


def test_a_whole_environment_passes() -> None:
    assert environment() == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 32"),
        ("TOKEN_ENCRYPTION_KEYS", [], "TOKEN_ENCRYPTION_KEYS is not set"),
        ("TOKEN_ENCRYPTION_KEYS", [GOOD_KEY, "nonsense"], "key 2 is malformed"),
        ("XERO_CLIENT_ID", "", "XERO_CLIENT_ID is not set"),
        ("XERO_CLIENT_SECRET", "", "XERO_CLIENT_SECRET is not set"),
        ("SITE_URL", "http://books.example.com", "SITE_URL must start with https://"),
        ("SITE_URL", "books.example.com", "SITE_URL is no address"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS=books.example.com"),
    ],
)
def test_what_is_missing_or_malformed_is_named_with_what_to_do(
    settings: Settings, name: str, value: object, says: str
) -> None:
    setattr(settings, name, value)
    assert says in said()


def test_a_key_is_never_shown(settings: Settings) -> None:
    settings.TOKEN_ENCRYPTION_KEYS = ["a-key-that-is-malformed"]
    assert "a-key-that-is-malformed" not in said()


def test_localhost_needs_no_https(settings: Settings) -> None:
    settings.SITE_URL = "http://localhost:8000"
    assert environment() == []


def test_the_web_process_does_not_start_on_a_wrong_environment() -> None:
    given = {**os.environ, "SITE_URL": "https://books.example.com", "XERO_CLIENT_SECRET": ""}
    tried = subprocess.run(
        [sys.executable, "-c", "import released.wsgi"], cwd=ROOT, env=given, capture_output=True, text=True
    )
    assert tried.returncode == 1
    assert "XERO_CLIENT_SECRET is not set" in tried.stderr
    assert "Not started: 1 settings need attention" in tried.stderr


SIGN_IN = """
import released.wsgi
from django.test import Client
page = Client().get("/login/", headers={"host": "localhost"})
print(page.status_code, "/static/released/" in page.content.decode())
"""


def test_pages_stand_although_nothing_was_collected() -> None:
    """As whoever runs gunicorn from a checkout finds them."""
    given = {**os.environ, "DEBUG": "0", "SITE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "localhost"}
    tried = subprocess.run(
        [sys.executable, "-c", SIGN_IN], cwd=ROOT, env=given, capture_output=True, text=True
    )
    assert tried.stdout.split() == ["200", "True"], tried.stderr
