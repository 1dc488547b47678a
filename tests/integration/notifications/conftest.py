"""Connections that were lost, a mail server that can be told to refuse, and the sender's two halves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox_of
from django.core.mail import EmailMultiAlternatives

from integrations.models import Connection, Episode
from notifications.tasks import send_due
from released.clock import now
from released.portfolio.models import Company
from tests.factories import ConnectionFactory, EpisodeFactory
from tests.factories.cast import Cast, assemble

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def cast(db: None) -> Cast:
    """One firm, its people and companies, and a stranger."""
    return assemble()


@pytest.fixture
def lose(cast: Cast) -> Callable[..., Episode]:
    """Take a company's access away; the admin had connected it."""

    def _lose(
        company: Company | None = None, *, ago: timedelta = timedelta(minutes=5), **fields: Any
    ) -> Episode:
        company = company or cast.harbour_view
        connection = Connection.objects.filter(company=company).first() or ConnectionFactory.create(
            company=company, connected_by=cast.admin
        )
        Connection.objects.filter(pk=connection.pk).update(state=Connection.State.REVOKED)
        connection.refresh_from_db()
        given: dict[str, Any] = {"told": cast.admin, "opened_at": now() - ago} | fields
        return EpisodeFactory.create(connection=connection, **given)

    return _lose


def close(episode: Episode, *, at: datetime | None = None, how: str = "reconnected") -> Episode:
    """End a loss as reconnecting does."""
    episode.closed_at = at or now()
    episode.closing = {"how": how, "by": "Daniel Okafor"}
    episode.save()
    Connection.objects.filter(pk=episode.connection_id).update(state=Connection.State.CONNECTED)
    return episode


def round_() -> list[EmailMultiAlternatives]:
    """One beat: freeze what is owed, send what is frozen; the mails that went out in it."""
    before = len(outbox_of.outbox)
    send_due()
    return outbox_of.outbox[before:]  # type: ignore[return-value]  # we send nothing else


def subjects(mails: list[EmailMultiAlternatives]) -> list[str]:
    return [str(mail.subject) for mail in mails]
