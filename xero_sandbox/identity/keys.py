"""The signing key of this process: made at the start, published under the discovery document."""

from __future__ import annotations

import hashlib
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey


class SigningKey:
    def __init__(self) -> None:
        self._key = RSAKey.generate_key(2048)
        self.kid = hashlib.sha1(self._key.thumbprint().encode(), usedforsecurity=False).hexdigest().upper()

    def sign(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": self.kid, "typ": "JWT", "x5t": self.kid[:27]}
        return jwt.encode(header, claims, self._key)

    def jwks(self) -> dict[str, Any]:
        public = dict(self._key.as_dict(private=False))
        return {"keys": [public | {"kid": self.kid, "use": "sig", "alg": "RS256"}]}
