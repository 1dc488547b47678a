"""The settings of a test run. A developer's own environment and `.env` must not change what a test sees."""

from collections.abc import Mapping

FIXED = {
    "DJANGO_SETTINGS_MODULE": "released.settings",
    "DEBUG": "1",  # no collected static files needed; pytest-django itself sets settings.DEBUG to False
    "SECRET_KEY": "a-key-for-tests-only-that-is-long-enough-and-guards-nothing-at-all",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://localhost",
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "Released <no-reply@released.example>",
    "SUPPORT_EMAIL": "support@released.example",
    "TOKEN_ENCRYPTION_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "XERO_CLIENT_ID": "sandbox-client",
    "XERO_CLIENT_SECRET": "sandbox-secret",
    "XERO_WEBHOOK_KEY": "sandbox-webhook-key",
    # Nobody listens here: a test that forgets to start a sandbox fails at once and reaches no real Xero.
    "XERO_LOGIN_URL": "http://127.0.0.1:9",
    "XERO_IDENTITY_URL": "http://127.0.0.1:9",
    "XERO_API_URL": "http://127.0.0.1:9",
}


def test_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The given environment with the product's settings fixed; servers named by the operator stay."""
    return {**given, **FIXED}


test_environment.__test__ = False  # type: ignore[attr-defined]  # pytest would collect it by its name
