"""Bells of the lower floors: a document or a connection changed, an organisation was released or bound."""

from typing import Any

from django.dispatch import receiver
from kombu.exceptions import OperationalError

from integrations.models import Connection
from integrations.signals import connection_changed, organisation_bound, organisation_released
from released.billing.signals import document_changed
from sync.due import is_back
from sync.earlier import take_up_again
from sync.effects import refresh_effect
from sync.forgetting import forget
from sync.holding import let_go
from sync.models import Schedule
from sync.signals import turn_wanted
from sync.tasks import PERSON, note_rung, sync_now


@receiver(document_changed, dispatch_uid="sync.document_changed")
def on_document_changed(*, company_id: int, **_: Any) -> None:
    """After commit: somebody waits to see it in Xero, or one more document waits for Xero."""
    for connection in Connection.objects.filter(company_id=company_id).select_related("company"):
        if connection.state == Connection.State.CONNECTED:
            ask(connection.pk)
        elif connection.state == Connection.State.REVOKED:
            refresh_effect(connection)


@receiver(connection_changed, dispatch_uid="sync.connection_changed")
def on_connection_changed(*, connection_id: int, **_: Any) -> None:
    """After commit. Once access is back, a pause that belonged to the time before is over."""
    schedule = Schedule.objects.filter(pk=connection_id).select_related("connection").first()
    if schedule is not None and is_back(schedule):
        let_go(connection_id)
    ask(connection_id)


@receiver(turn_wanted, dispatch_uid="sync.turn_wanted")
def on_turn_wanted(*, connection_id: int, **_: Any) -> None:
    ask(connection_id)


@receiver(organisation_released, dispatch_uid="sync.organisation_released")
def on_organisation_released(*, connection: Connection, **_: Any) -> None:
    """Inside the releasing transaction."""
    forget(connection)


@receiver(organisation_bound, dispatch_uid="sync.organisation_bound")
def on_organisation_bound(*, connection: Connection, **_: Any) -> None:
    """Inside the binding transaction."""
    take_up_again(connection)


def ask(connection_id: int) -> None:
    """Put a turn into the queue; if the broker is away, beat finds what is due once it is back."""
    try:
        sync_now.apply_async(args=[connection_id], queue=PERSON)
    except OperationalError:
        return
    note_rung(connection_id)
