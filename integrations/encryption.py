"""Secrets at rest: a text column that is encrypted with rotating keys.

`TOKEN_ENCRYPTION_KEYS` is a list, newest first: everything is written with the first and can be
read with any. `manage.py rotate_token_keys` writes every row anew with the first.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


class Unreadable(Exception):
    """A stored secret can be read with none of TOKEN_ENCRYPTION_KEYS."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("TOKEN_ENCRYPTION_KEYS is not set: no token can be stored or read.")
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt with the newest key."""
    return _box(tuple(settings.TOKEN_ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt with whichever key fits; raises Unreadable when none does."""
    try:
        return _box(tuple(settings.TOKEN_ENCRYPTION_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise Unreadable("a stored secret fits none of TOKEN_ENCRYPTION_KEYS") from problem


if TYPE_CHECKING:
    PlainTextField = models.TextField[str, str]
else:
    PlainTextField = models.TextField


class EncryptedTextField(PlainTextField):
    """Text that is plain in Python and encrypted in the database; the empty text stays empty."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return seal(value) if value else value
