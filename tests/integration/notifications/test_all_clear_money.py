"""What the all-clear says was sent: each currency for itself."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from integrations.models import Episode
from released.billing.models import Document
from released.clock import now
from sync.models import Delivery, DeliveryItem, DocumentLink, Reconciliation, Run
from tests.factories import document
from tests.integration.notifications.conftest import close, round_

pytestmark = pytest.mark.django_db


def sent(episode: Episode, currency: str) -> None:
    """One document of £1,250.00 that went out since access came back, in whatever currency."""
    connection, at = episode.connection, now()
    one = document(connection.company, shared=True)
    Document.objects.filter(pk=one.pk).update(currency=currency)
    DocumentLink.objects.create(document=one, connection=connection, xero_id=uuid4())
    delivery = Delivery.objects.create(
        connection=connection, method="PUT", endpoint="Invoices", is_create=True, body="{}",
        idempotency_key=str(uuid4()), first_sent_at=at, last_sent_at=at, state=Delivery.State.SETTLED,
    )  # fmt: skip
    DeliveryItem.objects.create(
        delivery=delivery, position=0, document=one, revision=1, sent={}, is_open=False
    )


def test_nothing_of_another_currency_is_added_or_left_out(lose: Callable[..., Episode]) -> None:
    episode = lose()
    round_()
    close(episode)
    at = now()
    Run.objects.create(
        connection=episode.connection, trigger=Run.Trigger.RECONNECT, started_at=at, began_at=at, ended_at=at
    )
    sent(episode, "GBP")
    sent(episode, "USD")
    Reconciliation.objects.create(connection=episode.connection, at=at, ended_at=at, agrees=True)
    (mail,) = round_()
    assert "2 documents: £1,250.00 of income; US$1,250.00 of income" in str(mail.body)
