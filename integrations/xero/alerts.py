"""Our own mistakes are told to the operator, never to a customer (docs/xero.md A8)."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Alert = Callable[[str], None]
_alerts: list[Alert] = []


def register(alert: Alert) -> None:
    """Have `alert(said)` called whenever Xero rejects our own set-up; `said` holds no secret."""
    if alert not in _alerts:
        _alerts.append(alert)


def tell_operator(said: str) -> None:
    logger.error("Xero does not accept our own set-up: %s", said)
    for alert in _alerts:
        alert(said)
