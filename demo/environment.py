"""The environment of the demo's processes. What is set already wins: another Xero is one variable away."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet

from demo.ports import Ports

XERO_ADDRESSES = ("XERO_LOGIN_URL", "XERO_IDENTITY_URL", "XERO_API_URL")


def wants_sandbox(given: Mapping[str, str]) -> bool:
    """The sandbox runs unless the operator names a Xero."""
    return not any(given.get(name) for name in XERO_ADDRESSES)


def wants_mail(given: Mapping[str, str]) -> bool:
    """The mail catcher runs unless the operator names a mail server."""
    return not given.get("EMAIL_URL")


def secret(run_dir: Path, name: str, value: str) -> str:
    """Made once and kept: a new key at each start would end every session and lose every stored token."""
    kept = run_dir / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(value)
    return kept.read_text()


def demo_environment(
    given: Mapping[str, str], *, run_dir: Path, ports: Ports, database_url: str, redis_url: str
) -> dict[str, str]:
    """Every variable that the product's processes need, the operator's own first."""
    sandbox = f"http://localhost:{ports.xero}"
    ours = {
        "DEBUG": "1",
        "SECRET_KEY": secret(run_dir, "secret_key", secrets.token_urlsafe(48)),
        "TOKEN_ENCRYPTION_KEYS": secret(run_dir, "token_encryption_keys", Fernet.generate_key().decode()),
        "SITE_URL": f"http://localhost:{ports.web}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://localhost:{ports.smtp}",
        "DEFAULT_FROM_EMAIL": "Released <no-reply@released.example>",
        "SUPPORT_EMAIL": "support@released.example",
        "XERO_CLIENT_ID": "sandbox-client",
        "XERO_CLIENT_SECRET": "sandbox-secret",
        "XERO_WEBHOOK_KEY": "sandbox-webhook-key",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        "DJANGO_SETTINGS_MODULE": "released.settings",
        "DEMO_WEB_URL": f"http://localhost:{ports.web}",
    }
    if wants_mail(given):
        ours["DEMO_MAIL_URL"] = f"http://localhost:{ports.mail}"
    if wants_sandbox(given):
        ours |= dict.fromkeys(XERO_ADDRESSES, sandbox) | {"DEMO_XERO_URL": sandbox}
    return {**ours, **{name: value for name, value in given.items() if value}}
