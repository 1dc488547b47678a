"""Refusals of the identity server, with its exact bodies (docs/xero.md A).

IdentityError
├── OAuthError        the token endpoint says 400 {"error": code}
└── AuthorizeError    the browser lands on Xero's own error page, never back at the app
"""

from __future__ import annotations


class IdentityError(Exception):
    pass


class OAuthError(IdentityError):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class AuthorizeError(IdentityError):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)
