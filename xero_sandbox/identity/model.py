"""Who may do what: Xero users, the connections they granted and the tokens that stand for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class User:
    user_id: str
    name: str
    email: str
    sub: str

    @property
    def given_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def family_name(self) -> str:
        return self.name.split(" ", 1)[-1]


@dataclass
class Connection:
    """One row per user and organisation; it outlives a disconnection (docs/xero.md B)."""

    connection_id: str
    user_id: str
    organisation_id: str
    auth_event_id: str
    created: datetime
    updated: datetime
    active: bool = True
    ended: datetime | None = None


@dataclass
class Grant:
    """One consent: every refresh token that descends from it shares its fate."""

    user_id: str
    client_id: str
    scopes: tuple[str, ...]
    auth_event_id: str
    session_id: str
    auth_time: datetime
    nonce: str | None = None
    revoked: bool = False


@dataclass
class Code:
    grant: Grant
    redirect_uri: str
    challenge: str | None
    expires: datetime


@dataclass
class RefreshToken:
    token: str
    grant: Grant
    last_used: datetime
    rotated: datetime | None = None
    successor: RefreshToken | None = None
    ended: bool = False


@dataclass
class AccessToken:
    """`grant` is None for a client-credentials token, which belongs to the app and to no user."""

    scopes: tuple[str, ...]
    expires: datetime
    grant: Grant | None = None


@dataclass
class IdentityStore:
    codes: dict[str, Code] = field(default_factory=dict)
    refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)
    access_tokens: dict[str, AccessToken] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)
    scopes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refreshes: int = 0
