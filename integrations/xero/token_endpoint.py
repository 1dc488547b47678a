"""Xero's token endpoint (docs/xero.md A5-A9): a question in, a verdict and perhaps tokens out.

Never raises for what Xero says: the vault decides under a row lock what an answer means.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote_plus

from authlib.oauth2.rfc6749.parameters import prepare_token_request
from django.conf import settings

from integrations.xero import http, verdicts
from integrations.xero.kinds import Endpoint, Verdict
from integrations.xero.steps import reach
from released import clock

SECONDS = 8.0  # in all; the vault's row lock is held as long


@dataclass(frozen=True, slots=True)
class TokenSet:
    """One set of tokens. `expires_at` counts from before the question, by our calendar (A10)."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    id_token: str = field(repr=False)
    expires_at: datetime
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenReply:
    """`tokens` only when the verdict is fine. `was_sent` is False if Xero can't have heard us."""

    verdict: Verdict
    tokens: TokenSet | None = None
    was_sent: bool = True


def refresh(refresh_token: str) -> TokenReply:
    """Spend a refresh token for the next one."""
    return _ask(Endpoint.TOKEN, prepare_token_request("refresh_token", refresh_token=refresh_token))


def exchange(code: str, code_verifier: str, redirect_uri: str) -> TokenReply:
    """Spend an authorisation code; it works once, for five minutes (A4)."""
    form = prepare_token_request(
        "authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=code_verifier
    )
    return _ask(Endpoint.TOKEN, form)


def for_the_app() -> TokenReply:
    """A token of the app itself, which sees every connection (A16)."""
    return _ask(Endpoint.APP_TOKEN, prepare_token_request("client_credentials", scope="app.connections"))


def _ask(endpoint: Endpoint, form: str) -> TokenReply:
    asked_at = clock.now()
    url = f"{settings.XERO_IDENTITY_URL}/connect/token"
    try:
        answer = http.send("POST", url, headers=_headers(), body=form.encode(), deadline=SECONDS)
    except http.NoAnswer as silence:
        verdict = verdicts.no_answer(endpoint, was_sent=silence.was_sent)
        return TokenReply(verdict, was_sent=silence.was_sent)
    reach("token.answered")
    verdict = verdicts.classify(endpoint, answer.status, answer.headers, answer.body)
    return TokenReply(verdict, _tokens(verdict, asked_at) if verdict.is_fine else None)


def _tokens(verdict: Verdict, asked_at: datetime) -> TokenSet:
    found = verdict.content
    return TokenSet(
        access_token=found["access_token"],
        refresh_token=str(found.get("refresh_token") or ""),
        id_token=str(found.get("id_token") or ""),
        expires_at=asked_at + timedelta(seconds=min(found["expires_in"], 86_400)),
        scopes=tuple(str(found.get("scope") or "").split()),
    )


def _headers() -> dict[str, str]:
    pair = f"{quote_plus(settings.XERO_CLIENT_ID)}:{quote_plus(settings.XERO_CLIENT_SECRET)}"
    return {
        "Accept": "application/json",
        "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
