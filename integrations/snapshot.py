"""What we keep of an organisation: name, class, lock dates, base currency. Read by probes and after a bind.

Absent means unset: Xero leaves out a lock date that is not set (docs/xero.md C).
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from integrations import signals
from integrations.models import Connection
from released.clock import now

MILLISECONDS = re.compile(r"^/Date\((-?\d+)(?:[+-]\d{4})?\)/$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def keep_snapshot(connection: Connection, organisation: Mapping[str, Any]) -> None:
    """Write down what GET Organisation answered; rings when it changed: held documents wait for locks."""
    kept = {
        "organisation_name": str(organisation.get("Name") or connection.organisation_name)[:255],
        "organisation_class": str(organisation.get("Class") or "")[:30],
        "organisation_created_at": moment_of(organisation.get("CreatedDateUTC")),
        "base_currency": str(organisation.get("BaseCurrency") or "")[:3],
        "period_lock_date": day_of(organisation.get("PeriodLockDate")),
        "end_of_year_lock_date": day_of(organisation.get("EndOfYearLockDate")),
    }
    changed = any(getattr(connection, name) != value for name, value in kept.items())
    # Only while it is the same organisation: an operator may have released it meanwhile.
    same = Connection.objects.filter(pk=connection.pk, xero_tenant_id=connection.xero_tenant_id)
    if same.update(class_seen_at=now(), **kept) and changed:
        signals.ring(connection.pk)


def moment_of(value: object) -> datetime | None:
    """Xero's /Date(ms)/ or an ISO text without a zone, which is UTC. None for anything else."""
    if not isinstance(value, str):
        return None
    found = MILLISECONDS.match(value)
    if found:
        return EPOCH + timedelta(milliseconds=int(found[1]))
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day_of(value: object) -> date | None:
    """The calendar day: Xero writes dates as midnight UTC."""
    moment = moment_of(value)
    return moment.date() if moment else None
