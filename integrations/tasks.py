"""What beat rings for. Each is a query over facts: a lost ring costs one interval and nothing else."""

from celery import shared_task

from integrations.installation import beat, look
from integrations.probes import probe_due as probe_what_is_due
from integrations.removing import remove_leftovers
from integrations.watch import watch_connections as watch_once
from integrations.xero import vault


@shared_task(name="integrations.heal_grants")
def heal_grants() -> None:
    """Put right refreshes that were started and not finished, and what else was left behind."""
    beat()
    found = look()
    if found is None or not found.is_paused:
        vault.heal_due()
        remove_leftovers()


@shared_task(name="integrations.watch_connections")
def watch_connections() -> None:
    """Compare our connections with the app's own list."""
    watch_once()


@shared_task(name="integrations.probe_due")
def probe_due() -> None:
    """Ask the organisations that nothing was heard of for an hour."""
    probe_what_is_due()
