"""The sandbox Xero as tests drive it: a process of its own, spoken to over real HTTP (docs/sandbox.md)."""

import hashlib
import os
import secrets
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from integrations.models import Connection, Grant
from integrations.xero import connections, oauth
from integrations.xero.oauth import Identity, TokenSet
from tests.environment import FIXED
from tests.factories.integrations import GrantFactory
from tests.factories.integrations import connection as make_connection

DANIEL = "daniel@northgate.example"
PRIYA = "priya@northgate.example"
HARBOUR_VIEW = "Harbour View Ltd"


class Sandbox:
    """One running sandbox. `see` reads its record, `do` does in it what a person does in Xero."""

    def __init__(self, url: str, *, patience: float = 20) -> None:
        self.url = url
        self._web = httpx.Client(base_url=url, timeout=patience, trust_env=False)

    def close(self) -> None:
        self._web.close()

    def see(self, what: str, /, **query: Any) -> Any:
        return self._web.get(f"/sandbox/api/{what}", params=query).raise_for_status().json()

    def do(self, action: str, /, **body: Any) -> Any:
        answer = self._web.post(f"/sandbox/api/{action}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def switch(self, **values: Any) -> None:
        self.do("switches", **values)

    @property
    def refreshes(self) -> int:
        """Refresh calls that Xero answered with tokens."""
        found: int = self.see("state")["refreshes"]
        return found

    def consent(
        self, address: str, *, user: str = DANIEL, organisation: str = HARBOUR_VIEW, decision: str = "allow"
    ) -> str:
        """Decide on the consent page at `address`; where the browser is sent back to."""
        parts = urlsplit(address)
        form = {"user": user, "organisation": organisation, "decision": decision}
        answer = self._web.post(f"{parts.path}?{parts.query}", data=form)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def sign_in(
        self, user: str = DANIEL, organisation: str = HARBOUR_VIEW, nonce: str = "n-1"
    ) -> tuple[TokenSet, Identity]:
        """A whole consent by way of our own OAuth module, without our pages."""
        code, verifier = self.code(user, organisation, nonce)
        tokens = oauth.exchange_code(code, verifier, oauth.redirect_uri())
        return tokens, oauth.verify_id_token(tokens.id_token, nonce)

    def code(
        self, user: str = DANIEL, organisation: str = HARBOUR_VIEW, nonce: str = "n-1"
    ) -> tuple[str, str]:
        """A fresh code and the verifier that goes with it."""
        verifier = secrets.token_urlsafe(48)
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        address = oauth.authorize_url(
            state="s", nonce=nonce, code_challenge=challenge, redirect_uri=oauth.redirect_uri()
        )
        back = self.consent(address, user=user, organisation=organisation)
        return parse_qs(urlsplit(back).query)["code"][0], verifier

    def grant(self, user: str = DANIEL, organisation: str = HARBOUR_VIEW, **fields: Any) -> Grant:
        """A stored grant with tokens that this sandbox has issued."""
        tokens, identity = self.sign_in(user, organisation)
        known = {
            "xero_user_id": identity.xero_user_id,
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "expires_at": tokens.expires_at,
            "scopes": " ".join(tokens.scopes),
        }
        return GrantFactory.create(**(known | fields))

    def connection(
        self, user: str = DANIEL, organisation: str = HARBOUR_VIEW, grant: Grant | None = None, **fields: Any
    ) -> Connection:
        """A working connection to one of this sandbox's organisations."""
        grant = grant or self.grant(user, organisation)
        rows = connections.list_for(grant.access_token)
        row = next(row for row in rows if row.name == organisation)
        known = {"xero_tenant_id": row.xero_tenant_id, "xero_connection_id": row.id}
        return make_connection(grant=grant, organisation_name=organisation, **(known | fields))


@contextmanager
def running(*, patience: float = 20) -> Iterator[Sandbox]:
    """A sandbox on a free port, until the end of the block. `patience`: seconds that it may take to act."""
    command = [sys.executable, "-m", "xero_sandbox", "--port", "0", "--force", "--until-input-ends"]
    pipe, environment = subprocess.PIPE, os.environ | FIXED
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            parts = urlsplit(line.split(" on ")[-1].strip())
            sandbox = Sandbox(f"{parts.scheme}://{parts.netloc}", patience=patience)
            yield sandbox
            sandbox.close()
        finally:
            process.terminate()
