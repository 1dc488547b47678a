"""Keys of stored secrets change while everything runs."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from integrations.models import Consent, Grant
from integrations.rekeying import SECRET_HOLDERS, secrets_of
from integrations.xero import vault
from integrations.xero.errors import Misconfigured
from tests.factories.integrations import GrantFactory

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def grant(settings: Settings) -> Grant:
    settings.TOKEN_ENCRYPTION_KEYS = [OLD]
    return GrantFactory.create(access_token="the token", previous_refresh_token="")


def stored(grant: Grant) -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        columns = "access_token, refresh_token, previous_refresh_token"
        cursor.execute(f"SELECT {columns} FROM integrations_grant WHERE id = %s", [grant.pk])
        row: tuple[str, str, str] = cursor.fetchone()
    return row


def test_no_token_is_stored_as_it_is(grant: Grant) -> None:
    assert "the token" not in "".join(stored(grant))
    assert stored(grant)[2] == ""


def test_old_secrets_are_read_with_the_old_key_and_rewritten_with_the_new(
    grant: Grant, settings: Settings
) -> None:
    settings.TOKEN_ENCRYPTION_KEYS = [NEW, OLD]
    assert vault.access_token(grant.pk) == "the token"
    call_command("rotate_token_keys", stdout=StringIO())
    settings.TOKEN_ENCRYPTION_KEYS = [NEW]
    assert vault.access_token(grant.pk) == "the token"


def test_a_lost_key_is_named_our_fault_and_loses_nothing(grant: Grant, settings: Settings) -> None:
    before = stored(grant)
    settings.TOKEN_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(Misconfigured):
        vault.access_token(grant.pk)
    with pytest.raises(CommandError, match=f"grant {grant.pk}"):
        call_command("rotate_token_keys", stdout=StringIO())
    assert stored(grant) == before


def test_every_secret_is_among_them() -> None:
    assert (Grant, Consent) == SECRET_HOLDERS
    assert secrets_of(Grant) == ["access_token", "refresh_token", "previous_refresh_token"]
    assert secrets_of(Consent) == ["nonce", "code_verifier"]
