"""Figures for Prometheus, counted from the database at the moment they are asked for.

Counted, not kept in memory: with several processes no single one knows how many documents wait.
No figure names an account, a company or a person.
"""

from collections.abc import Iterator

from django.db.models import Count, F, Sum
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from integrations.halting import halt
from integrations.models import Connection, Episode, Grant, OperatorAlert
from notifications.models import Mail
from released.billing.models import Document
from sync.models import Delivery, Problem, Run


class Figures(Collector):
    """One scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _by("released_connections", "Connections by state.", "state", _counts(Connection, "state"))
        yield _one("released_connections_stopped", "Connections that an operator stopped.", _stopped())
        yield _one("released_connections_to_reconcile", "Adopted, and not compared yet.", _to_reconcile())
        yield _one("released_paused", "1 until this installation is adopted.", _paused())
        yield _by("released_episodes_open", "Open episodes by kind.", "kind", _open_episodes())
        yield _by("released_operator_alerts", "Faults only an operator can put right.", "kind", _alerts())
        yield _by("released_grants", "Grants by state.", "state", _counts(Grant, "state"))
        yield _by("released_mails", "Mails of the notice outbox by state.", "state", _counts(Mail, "state"))
        yield _one("released_documents_pending", "Documents whose latest change is not shared.", _pending())
        yield _one("released_deliveries_open", "Writes to Xero not settled.", _open(Delivery, state="open"))
        yield _one("released_problems_open", "Open problems.", _open(Problem, closed_at=None))
        yield _one("released_runs_open", "Runs under way.", _open(Run, ended_at=None))


def exposition() -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(Figures())
    return generate_latest(registry)


def _counts(model: type[Connection | Grant | Mail], field: str) -> dict[str, int]:
    return dict(model._default_manager.values_list(field).annotate(Count("pk")).order_by())


def _open_episodes() -> dict[str, int]:
    rows = Episode.objects.filter(closed_at__isnull=True).values_list("kind")
    return dict(rows.annotate(Count("pk")).order_by())


def _alerts() -> dict[str, int]:
    return dict(OperatorAlert.objects.values_list("kind").annotate(Sum("times")).order_by())


def _stopped() -> int:
    """One by one, or all at once."""
    working = Connection.objects.filter(state=Connection.State.CONNECTED)
    found = halt()
    is_all = found is not None and not found.is_paused
    return working.count() if is_all else working.filter(is_stopped=True).count()


def _to_reconcile() -> int:
    return Connection.objects.filter(state=Connection.State.CONNECTED, must_reconcile=True).count()


def _paused() -> int:
    found = halt()
    return int(found is not None and found.is_paused)


def _pending() -> int:
    shared = Document.objects.exclude(status__in=["DRAFT", "SUBMITTED"])
    return shared.exclude(revision=F("shared_revision")).count()


def _open(model: type[Delivery | Problem | Run], **where: object) -> int:
    return model._default_manager.filter(**where).count()


def _by(name: str, says: str, label: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def _one(name: str, says: str, value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
