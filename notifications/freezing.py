"""Freezes what is owed into mails: recipient, kind, episodes, text, and the Message-ID that stays.

Two senders may freeze at once: the unique rows of recipient, kind and episode let only one of them through,
and the other's whole mail is undone.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from integrations.models import Connection, Episode
from integrations.xero.steps import reach
from notifications import emails
from notifications.due import REMINDERS, Kind, Owed, owed
from notifications.gathering import ready_groups
from notifications.models import Mail, MailEpisode
from notifications.outbox import insert
from notifications.recipients import People
from notifications.reminders import reminder
from released.accounts.models import User
from released.clock import now
from sync.effects import refresh_effect


def freeze_due() -> list[Mail]:
    """Freeze everything whose gathering is over."""
    window = timedelta(seconds=settings.NOTICE_GATHER_SECONDS)
    groups = ready_groups(owed(), at=now(), window=window, growing=growing_accounts())
    return [mail for group in groups if (mail := freeze(group)) is not None]


def growing_accounts() -> set[int]:
    """Accounts with a connection that works and so could be lost in the same two minutes as another."""
    working = Connection.objects.filter(state=Connection.State.CONNECTED)
    return set(working.values_list("company__account_id", flat=True).distinct())


def freeze(group: Sequence[Owed]) -> Mail | None:
    """One mail for the group; None when another sender was quicker."""
    first, episodes = group[0], [one.episode for one in group]
    if first.kind != Kind.RECOVERED:
        look_again(episodes)
    email = written(first.kind, episodes, first.recipient)
    reach("notices.written")
    try:
        with transaction.atomic():
            mail = insert(first.kind, first.recipient, email)
            MailEpisode.objects.bulk_create(
                MailEpisode(mail=mail, episode=one, recipient=first.recipient, kind=first.kind)
                for one in episodes
            )
            reach("notices.frozen")
    except IntegrityError:
        return None
    return mail


def look_again(episodes: Sequence[Episode]) -> None:
    """What waits is kept on the episode and refreshed by workers; the mail says it as it is now."""
    for episode in episodes:
        refresh_effect(episode.connection)
        episode.refresh_from_db(fields=["waiting", "waiting_income", "waiting_expenses", "due_soon"])


def written(kind: Mail.Kind, episodes: Sequence[Episode], recipient: User) -> emails.Email:
    """The email of this kind; what it says of others is who else is told of the first company."""
    episode = episodes[0]
    if kind == Kind.RECOVERED:
        return emails.recovered(episode, recipient)
    others = [person for person in People().told(episode) if person.pk != recipient.pk]
    if kind in REMINDERS:
        return reminder(episodes, recipient, others, days=REMINDERS[kind].days)
    if len(episodes) == 1:
        return emails.lost(episode, recipient, others)
    return emails.several_lost(episodes, recipient, others)
