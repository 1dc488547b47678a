"""No token, code or secret is ever logged, shown or quoted."""

import logging
from dataclasses import fields

import pytest
from pytest_django import Settings

from integrations.models import Grant
from integrations.xero import client, oauth, vault
from integrations.xero.errors import XeroError
from tests.integration.xero.conftest import Deaths, again, expire, pass_seconds, put
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_secret_is_logged_or_raised_on_any_way_through(
    sandbox: Sandbox, deaths: Deaths, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code, verifier = sandbox.code()
    caplog.clear()  # until here it was the test that spoke
    said: list[str] = []
    tokens = oauth.exchange_code(code, verifier, oauth.redirect_uri())
    said.append(repr(tokens) + repr(oauth.verify_id_token(tokens.id_token, "n-1")))
    grant = sandbox.grant()
    for fault in ("commit_then_drop", "truncate", "reset", "answer"):
        sandbox.do("faults", action=fault, path="/connect/token", status=500)
        said.append(refused(expire(grant)))
        pass_seconds(grant, 3600)
    vault.heal_due()
    secrets = [code, verifier, settings.XERO_CLIENT_SECRET, tokens.access_token, tokens.refresh_token]
    secrets += [tokens.id_token, *stored(grant), *stored(again(grant))]
    put(grant, refresh_token="the last one", previous_refresh_token="")
    said += [refused(expire(grant)), repr(deaths)]
    text = caplog.text + "".join(said)
    assert [secret for secret in [*secrets, "the last one"] if secret in text] == []


def test_the_client_shows_no_token_either(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    connection = sandbox.connection()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    with client.open_client(connection) as xero:
        page = xero.list("Invoices")
    assert "Harbour" not in repr(page)
    grant = again(connection.grant) if connection.grant else None
    assert grant is not None
    assert grant.access_token not in caplog.text + repr(page) + repr(grant) + str(grant)


def refused(grant: Grant) -> str:
    with pytest.raises(XeroError) as caught:
        vault.access_token(grant.pk)
    chain = [caught.value, caught.value.__cause__, caught.value.__context__]
    return "".join(repr(one) + str(one) for one in chain)


def stored(grant: Grant) -> list[str]:
    return [text for text in (grant.access_token, grant.refresh_token, grant.previous_refresh_token) if text]


def test_a_set_of_tokens_hides_every_one_of_them() -> None:
    hidden = {one.name for one in fields(oauth.TokenSet) if not one.repr}
    assert hidden == {"access_token", "refresh_token", "id_token"}
