"""What the process was started with; the environment is read here and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    client_id: str = "sandbox-client"
    client_secret: str = "sandbox-secret"
    issuer: str = ""
    app_name: str = "Released"
    seed: str = "demo"
    redirect_uris: tuple[str, ...] = ()


def from_environment(seed: str) -> Settings:
    read = os.environ.get
    return Settings(
        client_id=read("XERO_CLIENT_ID") or "sandbox-client",
        client_secret=read("XERO_CLIENT_SECRET") or "sandbox-secret",
        issuer=(read("XERO_SANDBOX_ISSUER") or "").rstrip("/"),
        app_name=read("XERO_SANDBOX_APP_NAME") or "Released",
        seed=seed,
        redirect_uris=tuple((read("XERO_SANDBOX_REDIRECT_URIS") or "").split()),
    )
