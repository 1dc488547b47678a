"""Grants with tokens, connections in each state, episodes."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from integrations.models import Connection, Episode, Grant
from released.clock import now
from released.portfolio.models import Company
from tests.factories.accounts import UserFactory
from tests.factories.portfolio import CompanyFactory

SCOPES = (
    "openid profile email offline_access accounting.invoices accounting.contacts accounting.settings.read"
)


class GrantFactory(DjangoModelFactory[Grant]):
    """A living grant with fresh tokens that no Xero knows; pass the sandbox's own where it is called."""

    xero_user_id = LazyFunction(uuid4)
    xero_user_name = "Daniel Okafor"
    xero_user_email = "daniel@books.example"
    scopes = SCOPES
    access_token = Sequence("access-{}".format)
    refresh_token = Sequence("refresh-{}".format)
    expires_at = LazyFunction(lambda: now() + timedelta(minutes=30))
    refreshed_at = LazyFunction(now)

    class Meta:
        model = Grant


class ConnectionFactory(DjangoModelFactory[Connection]):
    """A working connection."""

    company = SubFactory(CompanyFactory)
    state = Connection.State.CONNECTED
    grant = SubFactory(GrantFactory)
    xero_tenant_id = LazyFunction(uuid4)
    xero_connection_id = LazyFunction(uuid4)
    organisation_name = LazyAttribute(lambda made: f"{made.company.name} (Xero)")
    organisation_class = "PREMIUM"
    base_currency = "GBP"
    connected_by = SubFactory(UserFactory)
    connected_at = LazyFunction(now)
    sync_from = date(2025, 1, 1)
    heard_at = LazyFunction(now)

    class Meta:
        model = Connection


class EpisodeFactory(DjangoModelFactory[Episode]):
    """An open episode of lost access."""

    connection = SubFactory(ConnectionFactory, state=Connection.State.REVOKED)
    kind = Episode.Kind.LOST
    cause = Episode.Cause.APP_DISCONNECTED
    is_certain = True
    opened_at = LazyFunction(now)
    told = LazyAttribute(lambda made: made.connection.connected_by)
    evidence = LazyFunction(lambda: [{"at": now().isoformat(), "saw": "connections", "said": "not listed"}])

    class Meta:
        model = Episode


def connection(
    company: Company | None = None, state: Connection.State = Connection.State.CONNECTED, **fields: Any
) -> Connection:
    """A connection as its transitions leave it: a lost one has its open episode, an unused one nothing."""
    fields |= {"company": company} if company else {}
    if state == Connection.State.AWAITING_DATE:
        fields = {"sync_from": None, "connected_at": None} | fields
    if state == Connection.State.DISCONNECTED:
        fields = {"grant": None, "xero_connection_id": None} | fields
    made = ConnectionFactory.create(state=state, **fields)
    if state == Connection.State.REVOKED:
        EpisodeFactory.create(connection=made)
    return made
