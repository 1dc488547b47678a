"""System checks that name the environment variable that is missing or malformed, and what to do.

`manage.py check` shows them, and the web process refuses to start on them (released/wsgi.py): a
failure later, at the first consent, would cost an admin more than one at the start costs the operator.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

TAG = "environment"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
NEW_KEY = (
    'Make one with: python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)
NEW_SECRET = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"'  # noqa: S105 (a command, not a secret)
SHORTEST_SECRET = 32


def environment(**_: Any) -> list[CheckMessage]:
    """Everything that is wrong with the environment, each named by its variable."""
    return [*secret_key(), *token_keys(), *xero_app(), *site_url(), *hosts()]


def secret_key() -> Iterator[CheckMessage]:
    """Django refuses to hand out an empty one, so asking for it is the test."""
    try:
        length = len(settings.SECRET_KEY)
    except ImproperlyConfigured:
        length = 0
    if not length:
        yield Error("SECRET_KEY is not set.", hint=NEW_SECRET, id="released.E001")
    elif length < SHORTEST_SECRET and not settings.DEBUG:
        yield Error(
            f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters.", hint=NEW_SECRET, id="released.E002"
        )


def token_keys() -> Iterator[CheckMessage]:
    """Xero's tokens are encrypted with these; without one no company can be connected."""
    if not settings.TOKEN_ENCRYPTION_KEYS:
        yield Error("TOKEN_ENCRYPTION_KEYS is not set.", hint=NEW_KEY, id="released.E003")
    for position, key in enumerate(settings.TOKEN_ENCRYPTION_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            says = f"TOKEN_ENCRYPTION_KEYS: key {position} is malformed: 32 bytes in URL-safe base64."
            yield Error(
                says, hint=f"Do not drop a key that was used: tokens need it. {NEW_KEY}", id="released.E004"
            )


def xero_app() -> Iterator[CheckMessage]:
    for name in ("XERO_CLIENT_ID", "XERO_CLIENT_SECRET"):
        if not getattr(settings, name):
            hint = "Copy it from the app's Configuration page at developer.xero.com/app/manage."
            yield Error(f"{name} is not set.", hint=hint, id="released.E005")


def site_url() -> Iterator[CheckMessage]:
    """It stands in every mail and in the redirect from Xero, which takes https or localhost only."""
    parts = urlsplit(settings.SITE_URL)
    hint = "Set it to how people reach the product, such as https://books.example.com."
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Error(f"SITE_URL is no address: “{settings.SITE_URL}”.", hint=hint, id="released.E006")
    elif parts.scheme == "http" and parts.hostname not in LOCAL:
        says = f"SITE_URL must start with https:// (or be localhost): “{settings.SITE_URL}”."
        yield Error(says, hint=hint, id="released.E007")


def hosts() -> Iterator[CheckMessage]:
    if not settings.ALLOWED_HOSTS:
        host = urlsplit(settings.SITE_URL).hostname or "books.example.com"
        yield Error(
            "ALLOWED_HOSTS is not set: every request would be refused.",
            hint=f"Set ALLOWED_HOSTS={host}",
            id="released.E008",
        )
