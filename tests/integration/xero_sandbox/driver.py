"""Driving the sandbox by raw HTTP: its process, a consent without a browser, and a connected app.

Nothing of the product is used here, so that a misreading of Xero in it cannot cancel out one in the sandbox.
"""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import urllib3

ROOT = Path(__file__).resolve().parents[3]
REDIRECT = "http://localhost:8000/xero/callback"
SCOPE = (
    "openid profile email offline_access accounting.invoices accounting.contacts accounting.settings.read"
    " accounting.payments accounting.attachments"
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CLIENT = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
HARBOUR, QUAYSIDE, ORCHARD = "Harbour View Ltd", "Quayside Lettings Ltd", "Orchard Row Ltd"
DANIEL, PRIYA, MARCUS = "daniel@northgate.example", "priya@northgate.example", "marcus@webbandco.example"
Answer = urllib3.BaseHTTPResponse


@contextmanager
def running_sandbox(*arguments: str, **environment: str) -> Iterator[str]:
    """The address of a sandbox of one's own, on a free port."""
    command = [sys.executable, "-m", "xero_sandbox", "--port", "0", "--until-input-ends", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XERO_", "DEBUG"))}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=kept | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            yield said.split(" on ")[1].strip().removesuffix("/sandbox/")
        finally:
            process.terminate()


@dataclass
class Sandbox:
    base: str
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def get(self, path: str, **headers: str) -> Answer:
        return self.http.request("GET", self.base + path, headers=headers)

    def control(self, action: str, /, **body: Any) -> Any:
        """A control call that must succeed."""
        answer = self.http.request("POST", f"{self.base}/sandbox/api/{action}", body=json.dumps(body))
        assert answer.status == 200, answer.data
        return answer.json()

    def state(self) -> Any:
        return self.get("/sandbox/api/state").json()

    def record(self, path: str = "") -> Any:
        return self.get(f"/sandbox/api/record?path={path}").json()

    def switch(self, **values: Any) -> None:
        self.control("switches", **values)

    def authorize_address(self, **changes: str) -> str:
        asked = {"response_type": "code", "client_id": CLIENT["client_id"], "redirect_uri": REDIRECT}
        query = asked | {"scope": SCOPE, "state": "st4te", "nonce": "n0nce"} | changes
        return f"{self.base}/identity/connect/authorize?{urlencode(query)}"

    def decide(self, address: str, **form: str) -> Answer:
        return self.http.request("POST", address, body=urlencode(form), headers=FORM, redirect=False)

    def allow(self, user: str = DANIEL, organisation: str = HARBOUR, **changes: str) -> str:
        """Consent as a person would; returns the code."""
        address = self.authorize_address(**changes)
        answer = self.decide(address, user=user, organisation=organisation, decision="allow")
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> Answer:
        body = urlencode(CLIENT | form)
        return self.http.request("POST", f"{self.base}/connect/token", body=body, headers=FORM)

    def exchange(self, code: str, **form: str) -> Answer:
        return self.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT, **form)

    def refresh(self, refresh_token: str) -> Answer:
        return self.token(grant_type="refresh_token", refresh_token=refresh_token)

    def connect(self, user: str = DANIEL, organisation: str = HARBOUR, **changes: str) -> "App":
        tokens = self.exchange(self.allow(user, organisation, **changes)).json()
        rows = self.connections(tokens["access_token"])
        wanted = next(row for row in rows if row["tenantName"] == organisation)
        return App(self, tokens, wanted["tenantId"], wanted["id"])

    def connections(self, access_token: str, query: str = "") -> Any:
        return self.get(f"/connections{query}", Authorization=f"Bearer {access_token}").json()


@dataclass
class App:
    """An app connected to one organisation by one Xero user."""

    sandbox: Sandbox
    tokens: dict[str, Any]
    organisation_id: str
    connection_id: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"Authorization": f"Bearer {self.tokens['access_token']}", "Accept": "application/json"}
        sent |= {"xero-tenant-id": self.organisation_id} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body)
        address = f"{self.sandbox.base}/api.xro/2.0/{path}"
        return self.sandbox.http.request(method, address, body=raw, headers=sent)

    def read(self, path: str, **headers: str) -> Any:
        answer = self.call("GET", path, **headers)
        assert answer.status == 200, answer.data
        return answer.json()

    def create(self, kind: str = "Invoices", **changes: Any) -> Any:
        """One document that must be accepted."""
        made = invoice(**changes) if kind == "Invoices" else credit_note(**changes)
        answer = self.call("PUT", kind, {kind: [made]})
        assert answer.status == 200, answer.data
        return answer.json()[kind][0]


def invoice(**changes: Any) -> dict[str, Any]:
    made = {
        "Type": "ACCREC",
        "Contact": {"Name": "Ada Lessee"},
        "Date": "2026-09-14",
        "DueDate": "2026-10-14",
        "Status": "AUTHORISED",
        "LineItems": [line()],
    }
    return {name: value for name, value in (made | changes).items() if value is not None}


def credit_note(**changes: Any) -> dict[str, Any]:
    return invoice(**({"Type": "ACCRECCREDIT", "DueDate": None} | changes))


def line(amount: float = 100.0, **changes: Any) -> dict[str, Any]:
    made = {
        "Description": "Rent",
        "Quantity": 1,
        "UnitAmount": amount,
        "AccountCode": "200",
        "TaxType": "OUTPUT2",
    }
    return made | changes


def messages(answer: Answer) -> list[str]:
    """The texts of a refusal, whichever way it was asked for."""
    body = answer.json()
    rows = body.get("Elements") or next(value for value in body.values() if isinstance(value, list))
    return [error["Message"] for row in rows for error in row.get("ValidationErrors", [])]


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def new_verifier() -> str:
    return secrets.token_urlsafe(48)


def claims(token: str) -> Any:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
