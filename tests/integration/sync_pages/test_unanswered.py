"""The company's page says when Xero does not answer what is sent, and blames no document for it."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from integrations.models import Connection
from released.clock.database import database_now
from sync.models import Delivery, DeliveryItem
from sync.pages.unanswered import unanswered
from tests.factories.billing import document
from tests.factories.cast import Cast


def sent(connection: Connection, minutes_ago: float, **fields: object) -> Delivery:
    """One document, without an answer unless told otherwise."""
    moment = database_now() - timedelta(minutes=minutes_ago)
    given = {"unanswered": 1, "first_sent_at": moment, "last_sent_at": moment} | fields
    delivery = Delivery.objects.create(
        connection=connection, method="PUT", endpoint="Invoices", is_create=True, body="{}",
        idempotency_key=str(uuid4()), **given,
    )  # fmt: skip
    one = document(connection.company)
    item = DeliveryItem(delivery=delivery, position=0, document=one, revision=one.revision, sent={})
    item.is_open = delivery.state == Delivery.State.OPEN
    item.save()
    return delivery


def page_of(client: Client, connection: Connection) -> str:
    return client.get(f"/settings/add-ons/xero/{connection.company_id}/").content.decode()


def test_while_nothing_is_answered_it_says_so(cast: Cast, admin: Client, connected: Connection) -> None:
    sent(connected, 4)
    page = page_of(admin, connected)
    assert 'data-testid="unanswered"' in page
    assert "Xero has answered nothing that we sent since" in page
    assert "1 document waits here and goes out then." in page


def test_while_others_go_through_it_names_how_many_do_not(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    sent(connected, 4)
    sent(connected, 2, unanswered=0, state=Delivery.State.SETTLED, outcome={"answered": True})
    page = page_of(admin, connected)
    assert "Xero did not answer 1 document that we sent at" in page
    assert "Everything else goes through meanwhile." in page


def test_a_hiccup_of_seconds_is_not_worth_a_word(cast: Cast, admin: Client, connected: Connection) -> None:
    sent(connected, 0.2)
    assert 'data-testid="unanswered"' not in page_of(admin, connected)


def test_an_hour_of_losses_is_told_from_its_beginning(cast: Cast, connected: Connection) -> None:
    lost = sent(connected, 60, unanswered=0, state=Delivery.State.SETTLED, outcome={"lost": True})
    sent(connected, 4)
    told = unanswered(connected)
    assert told is not None
    assert told.is_general
    assert abs((told.since - lost.first_sent_at).total_seconds()) < 5
