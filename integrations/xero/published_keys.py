"""Xero's published addresses and keys, remembered for an hour and read again for an unknown key (A15)."""

import threading
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from integrations.xero import http, verdicts
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import Unavailable
from integrations.xero.kinds import Endpoint

SECONDS = 8.0
REMEMBER = 3_600.0
READ_AGAIN_AFTER = 2.0  # a token that doesn’t fit can’t make us hammer Xero
XERO = "https://identity.xero.com"  # who signs, wherever it is served from
DISCOVERY = "/.well-known/openid-configuration"

_lock = threading.Lock()
_remembered: dict[str, tuple[float, dict[str, Any]]] = {}


def issuers() -> list[str]:
    """Who may have issued an id token: whoever the discovery names. A stand-in may also sign as Xero.

    The address that we were given stands for itself where nothing is discovered there.
    """
    return [str(_discovery().get("issuer") or settings.XERO_IDENTITY_URL), XERO]


def make_ready() -> None:
    """Have addresses and keys at hand before a code is spent: what can’t be verified can’t be saved."""
    _fetch(_keys_address())


def keys(wanted: str) -> KeySet:
    """The published keys, read anew when `wanted` is not among those remembered."""
    url = _keys_address()
    found = _fetch(url)
    known = {key.get("kid") for key in found.get("keys", ()) if isinstance(key, dict)}
    if wanted not in known:
        found = _fetch(url, no_older_than=READ_AGAIN_AFTER)
    readable = [key for each in found.get("keys") or () if (key := _readable(each, wanted)) is not None]
    if not readable:
        raise Unavailable("Xero’s published keys can’t be read.")
    return KeySet([*readable])


def _readable(published: Any, wanted: str) -> RSAKey | None:
    """A key that can check RS256. One of another kind, or broken, spoils none of the others (RFC 7517 5).

    A key without a name may be the one that is wanted: the signature tells.
    """
    try:
        return RSAKey.import_key({"kid": wanted, **published}) if published["kty"] == "RSA" else None
    except (JoseError, KeyError, TypeError, ValueError):
        return None


def forget() -> None:
    """Read everything anew at the next call."""
    with _lock:
        _remembered.clear()


def forget_older() -> bool:
    """Read anew what was not read just now, for a key may change and keep its name. Whether there was any."""
    limit = elapsed_clock() - READ_AGAIN_AFTER
    with _lock:
        old = [url for url, (read_at, _) in _remembered.items() if read_at < limit]
        for url in old:
            del _remembered[url]
    return bool(old)


def _discovery() -> dict[str, Any]:
    return _fetch(f"{settings.XERO_IDENTITY_URL}{DISCOVERY}")


def _keys_address() -> str:
    """Where the discovery says, if Xero was said to be there; else where Xero has always had them."""
    named = str(_discovery().get("jwks_uri", ""))
    if urlsplit(named)[:2] == urlsplit(settings.XERO_IDENTITY_URL)[:2]:
        return named
    return f"{settings.XERO_IDENTITY_URL}{DISCOVERY}/jwks"


def _fetch(url: str, no_older_than: float = REMEMBER) -> dict[str, Any]:
    with _lock:
        read_at, found = _remembered.get(url, (float("-inf"), {}))
    if elapsed_clock() - read_at <= no_older_than:
        return found
    found = _read(url)
    with _lock:
        _remembered[url] = (elapsed_clock(), found)
    return found


def _read(url: str) -> dict[str, Any]:
    try:
        answer = http.send("GET", url, headers={"Accept": "application/json"}, deadline=SECONDS)
    except (http.NoAnswer, ValueError) as problem:
        raise Unavailable("Xero’s published keys can’t be reached.") from problem
    if answer.status == HTTPStatus.NOT_FOUND and url.endswith(DISCOVERY):
        return {}  # keys and issuer are known without (A15)
    verdict = verdicts.classify(Endpoint.KEYS, answer.status, answer.headers, answer.body)
    if not verdict.is_fine:
        raise Unavailable("Xero’s published keys can’t be read.", retry_after=verdict.retry_after)
    content: dict[str, Any] = verdict.content
    return content
