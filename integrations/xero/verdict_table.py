"""The closed table: everything that an answer of Xero can mean, each row with the fact it rests on.

Read from the top; the first row that matches holds. What matches none is unavailable, or for a
write of unknown outcome: never dead. A near miss of a deadly row is a proxy, an outage or a
change at Xero, and must not alarm anyone. Only two rows can lead to an alarm: A7, and B9 after
`/connections` has been asked.
"""

from integrations.xero import verdict_row as is_
from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.verdict_row import Row

TOKEN = frozenset({Endpoint.TOKEN})
APP = frozenset({Endpoint.APP_TOKEN})
TOKENS = TOKEN | APP
KEYS = frozenset({Endpoint.KEYS})
LIST = frozenset({Endpoint.CONNECTIONS})
DISCONNECT = frozenset({Endpoint.DISCONNECT})
READ = frozenset({Endpoint.READ})
WRITE = frozenset({Endpoint.WRITE})
BOOKS = READ | WRITE
API = BOOKS | LIST | DISCONNECT
ALL = TOKENS | KEYS | API


UNLINKED = "AuthenticationUnsuccessful"


def on(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


FINE = [
    Row("tokens", "A6", Kind.FINE, TOKEN, on(200), shape=is_.tokens),
    Row("app token", "A16", Kind.FINE, APP, on(200), shape=is_.app_token),
    Row("discovery", "A15", Kind.FINE, KEYS, on(200), shape=is_.an_object),
    Row("connections", "B1", Kind.FINE, LIST, on(200), shape=is_.a_list),
    Row("disconnected", "B3", Kind.FINE, DISCONNECT, on(200, 204), shape=is_.empty_object_or_list),
    Row("read", "C2", Kind.FINE, READ, on(200), shape=is_.an_object),
    Row("nothing newer", "C22", Kind.FINE, READ, on(304)),
    Row("written", "C6", Kind.FINE, WRITE, on(200), shape=is_.an_object),
    Row("removed", "C14", Kind.FINE, WRITE, on(204)),
]

IDENTITY = [
    Row("grant dead", "A7", Kind.GRANT_DEAD, TOKEN, on(400), error="invalid_grant", shape=is_.as_json),
    Row("client refused", "A8", Kind.MISCONFIGURED, TOKENS, on(400, 401), error="invalid_client"),
    Row("grant type refused", "A8", Kind.MISCONFIGURED, TOKENS, on(400), error="unsupported_grant_type"),
    Row("client not enabled", "A9", Kind.MISCONFIGURED, TOKENS, on(400), error="unauthorized_client"),
    Row("scope refused", "A9", Kind.MISCONFIGURED, TOKENS, on(400), error="invalid_scope"),
    Row("request refused", "A9", Kind.MISCONFIGURED, TOKENS, on(400), error="invalid_request"),
]

ACCESS = [
    Row("scope named in the header", "B8", Kind.SCOPE_MISSING, API, on(401, 403), shape=is_.lacks_scope),
    Row("not authorised", "B8", Kind.SCOPE_MISSING, API, on(401, 403), detail="AuthorizationUnsuccessful"),
    Row("token expired", "B6", Kind.TOKEN_EXPIRED, API, on(401), detail_starts="TokenExpired"),
    Row("token unknown", "B7", Kind.TOKEN_EXPIRED, API, on(401), detail="AuthenticationUnsuccessful"),
    Row("token named in the header", "B7", Kind.TOKEN_EXPIRED, API, on(401), shape=is_.invalid_token),
    Row("any other 401", "B14", Kind.TOKEN_EXPIRED, API, on(401)),
    Row("forbidden", "B9", Kind.PERHAPS_UNLINKED, BOOKS, on(403), detail=UNLINKED, shape=is_.as_json),
]

ANSWERS = [
    Row("key used for another request", "C10", Kind.OUTCOME_UNKNOWN, WRITE, on(400), shape=is_.key_reused),
    Row("refused", "C8", Kind.REFUSED, BOOKS, on(400), shape=is_.refusal),
    Row("no such connection", "B3", Kind.NOT_FOUND, DISCONNECT, on(404)),
    Row("no such thing", "C19", Kind.NOT_FOUND, BOOKS, on(404)),
    Row("limit", "D4", Kind.THROTTLED, ALL, on(429)),
]

OFFLINE = [
    Row(name, fact, Kind.UNAVAILABLE, READ | LIST, on(503), text=text, retry_after=seconds)
    for name, fact, text, seconds in (
        ("organisation offline", "B12", "The Organisation is offline", 300.0),
        ("maintenance", "B13", "The Xero API is currently offline for maintenance", 300.0),
        ("temporarily unavailable", "B13", "The Xero API is temporarily unavailable", 60.0),
    )
]

TABLE = tuple(FINE + IDENTITY + ACCESS + ANSWERS + OFFLINE)
