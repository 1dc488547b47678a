"""Answers of Xero as docs/xero.md has them, one for each row of the verdict table."""

import json
from dataclasses import dataclass, field
from typing import Any

from integrations.xero.kinds import Endpoint, Kind, Verdict
from integrations.xero.verdicts import classify

JSON = {"Content-Type": "application/json; charset=UTF-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Sample:
    """A real answer and what it means."""

    row: str
    kind: Kind
    endpoint: Endpoint
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))

    def verdict(self) -> Verdict:
        return classify(self.endpoint, self.status, self.headers, self.body)


def problem(status: int, detail: str) -> bytes:
    title = {401: "Unauthorized", 403: "Forbidden"}[status]
    return dump(Type=None, Title=title, Status=status, Detail=detail, Instance="7b5f", Extensions={})


def dump(**fields: Any) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()


TOKENS = dump(access_token="a.b.c", refresh_token="r", id_token="i", expires_in=1800, token_type="Bearer")
UNKNOWN_CODE = "Account code '999' is not a valid code for this document."
VALIDATION = dump(
    ErrorNumber=10,
    Type="ValidationException",
    Message="A validation exception occurred",
    Elements=[
        {"ValidationErrors": [{"Message": "Account code '999' is not a valid code for this document."}]}
    ],
)
REUSED = dump(ErrorNumber=10, Message="Idempotency Key: k is used with a different request.")
MINUTE = {"X-Rate-Limit-Problem": "minute", "Retry-After": "26"}
Ask = Endpoint

SAMPLES = [
    Sample("tokens", Kind.FINE, Ask.TOKEN, 200, TOKENS),
    Sample("app token", Kind.FINE, Ask.APP_TOKEN, 200, dump(access_token="a", expires_in=1800)),
    Sample("discovery", Kind.FINE, Ask.KEYS, 200, dump(issuer="https://identity.xero.com")),
    Sample("connections", Kind.FINE, Ask.CONNECTIONS, 200, b"[]"),
    Sample("disconnected", Kind.FINE, Ask.DISCONNECT, 204, b"", {}),
    Sample("read", Kind.FINE, Ask.READ, 200, dump(Invoices=[])),
    Sample("nothing newer", Kind.FINE, Ask.READ, 304, b"", {}),
    Sample("written", Kind.FINE, Ask.WRITE, 200, dump(Invoices=[{}])),
    Sample("removed", Kind.FINE, Ask.WRITE, 204, b"", {}),
    Sample("grant dead", Kind.GRANT_DEAD, Ask.TOKEN, 400, b'{"error":"invalid_grant"}'),
    Sample("client refused", Kind.MISCONFIGURED, Ask.TOKEN, 400, b'{"error":"invalid_client"}'),
    Sample("grant type refused", Kind.MISCONFIGURED, Ask.TOKEN, 400, b'{"error":"unsupported_grant_type"}'),
    Sample("client not enabled", Kind.MISCONFIGURED, Ask.APP_TOKEN, 400, b'{"error":"unauthorized_client"}'),
    Sample("scope refused", Kind.MISCONFIGURED, Ask.APP_TOKEN, 400, b'{"error":"invalid_scope"}'),
    Sample("request refused", Kind.MISCONFIGURED, Ask.TOKEN, 400, b'{"error":"invalid_request"}'),
    Sample(
        "scope named in the header",
        Kind.SCOPE_MISSING,
        Ask.READ,
        401,
        problem(401, "AuthenticationUnsuccessful"),
        JSON | {"WWW-Authenticate": "Bearer error=insufficient_scope"},
    ),
    Sample("not authorised", Kind.SCOPE_MISSING, Ask.READ, 401, problem(401, "AuthorizationUnsuccessful")),
    Sample(
        "token expired",
        Kind.TOKEN_EXPIRED,
        Ask.READ,
        401,
        problem(401, "TokenExpired: token expired at 09/24/2021 08:23:47"),
    ),
    Sample("token unknown", Kind.TOKEN_EXPIRED, Ask.WRITE, 401, problem(401, "AuthenticationUnsuccessful")),
    Sample(
        "token named in the header",
        Kind.TOKEN_EXPIRED,
        Ask.CONNECTIONS,
        401,
        b"",
        {"WWW-Authenticate": "Bearer error=invalid_token"},
    ),
    Sample("any other 401", Kind.TOKEN_EXPIRED, Ask.READ, 401, b"<html>", HTML),
    Sample("forbidden", Kind.PERHAPS_UNLINKED, Ask.READ, 403, problem(403, "AuthenticationUnsuccessful")),
    Sample("key used for another request", Kind.OUTCOME_UNKNOWN, Ask.WRITE, 400, REUSED),
    Sample("refused", Kind.REFUSED, Ask.WRITE, 400, VALIDATION),
    Sample("no such connection", Kind.NOT_FOUND, Ask.DISCONNECT, 404, b"", {}),
    Sample(
        "no such thing",
        Kind.NOT_FOUND,
        Ask.READ,
        404,
        b"The resource you're looking for",
        HTML,
    ),
    Sample("limit", Kind.THROTTLED, Ask.READ, 429, b"", MINUTE),
    Sample("organisation offline", Kind.UNAVAILABLE, Ask.READ, 503, b"The Organisation is offline", {}),
    Sample(
        "maintenance",
        Kind.UNAVAILABLE,
        Ask.READ,
        503,
        b"The Xero API is currently offline for maintenance",
        {},
    ),
    Sample(
        "temporarily unavailable",
        Kind.UNAVAILABLE,
        Ask.CONNECTIONS,
        503,
        b"The Xero API is temporarily unavailable",
        {},
    ),
]
