"""Writes the audit of permissions; the models are append-only, and this is their only writer."""

from typing import Any

from released.accounts.models import Account, AuditEntry, User
from released.clock import now


def note_change(
    account: Account,
    what: str,
    *,
    by: User | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """One entry; call it inside the transaction of the change that it tells of."""
    return AuditEntry.objects.create(
        account=account, actor=by, at=now(), what=what, before=before or {}, after=after or {}
    )
