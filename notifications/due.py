"""What is owed to whom: queries over facts, never a list that somebody must keep.

A loss owes one mail to each of its recipients, reminders after 1, 3 and 7 days while it lasts, and one
all-clear to everybody who may have read of it. A voided mail owes anew (docs/protocols.md 4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from integrations.models import Episode
from notifications.catching_up import is_over
from notifications.models import Mail, MailEpisode, StoppedReminders
from notifications.recipients import People
from released.accounts.models import User
from released.clock import now

Kind = Mail.Kind
REMINDERS = {
    Kind.REMINDER_1: timedelta(days=1),
    Kind.REMINDER_3: timedelta(days=3),
    Kind.REMINDER_7: timedelta(days=7),
}
LOSS_KINDS = (Kind.LOST, *REMINDERS)
QUIET = timedelta(hours=12)
TOGETHER = timedelta(minutes=2)
ALL_CLEAR_UNTIL = timedelta(days=7)


@dataclass(frozen=True)
class Owed:
    """One mail's worth about one episode. `since` is calendar time: when it came to be owed.

    A reminder that comes within two minutes is among them, to join the mail of one that has come.
    """

    kind: Mail.Kind
    episode: Episode
    recipient: User
    since: datetime

    @property
    def account_id(self) -> int:
        return self.episode.connection.company.account_id


def owed() -> list[Owed]:
    """Everything that no mail is frozen for yet, or that comes within two minutes; the oldest first."""
    people = People()
    open_ones = list(losses().filter(closed_at__isnull=True))
    written = written_about(open_ones)
    found = [
        *owed_losses(open_ones, written, people),
        *owed_reminders(open_ones, written, people),
        *owed_all_clears(people),
    ]
    return sorted(found, key=lambda one: (one.since, one.episode.pk, one.recipient.pk))


def losses() -> QuerySet[Episode]:
    """Episodes of lost access with what a mail needs; never the grant's tokens."""
    found = Episode.objects.filter(kind=Episode.Kind.LOST)
    return found.select_related("connection__company__account", "connection__grant", "told").defer(
        "connection__grant__access_token",
        "connection__grant__refresh_token",
        "connection__grant__previous_refresh_token",
    )


Written = set[tuple[int, int, str]]


def owed_losses(open_ones: list[Episode], written: Written, people: People) -> Iterator[Owed]:
    """Open losses without their mail, for each person who is to be told."""
    for episode in open_ones:
        for person in people.told(episode):
            if (person.pk, episode.pk, Kind.LOST) not in written:
                yield Owed(Kind.LOST, episode, person, episode.opened_at)


def owed_reminders(open_ones: list[Episode], written: Written, people: People) -> Iterator[Owed]:
    """After a settled mail about the loss, the latest step that comes, and never close upon another."""
    stopped = set(StoppedReminders.objects.values_list("user_id", "company_id"))
    for episode in open_ones:
        step = latest_step(now() + TOGETHER - episode.opened_at)
        if step is None:
            continue
        for person in people.told(episode):
            wants = (person.pk, episode.connection.company_id) not in stopped
            if wants and not is_reminded(episode, person, step, written) and has_rested(episode, person):
                yield Owed(step, episode, person, episode.opened_at + REMINDERS[step])


def latest_step(age: timedelta) -> Mail.Kind | None:
    """The last reminder whose day has come; after downtime the earlier ones are not made up for."""
    return next((kind for kind, after in reversed(REMINDERS.items()) if age >= after), None)


def is_reminded(episode: Episode, person: User, step: Mail.Kind, written: Written) -> bool:
    """Whether this reminder or a later one is written already."""
    return any((person.pk, episode.pk, kind) in written for kind in LOSS_KINDS[LOSS_KINDS.index(step) :])


def has_rested(episode: Episode, person: User) -> bool:
    """The mail about the loss has gone out, and nothing else lately."""
    about = MailEpisode.objects.filter(
        episode=episode, recipient=person, mail__state=Mail.State.SENT, mail__sent_at__isnull=False
    )
    last = about.order_by("-mail__sent_at").values_list("mail__sent_at", flat=True).first()
    return last is not None and last <= now() - QUIET and about.filter(kind=Kind.LOST).exists()


def owed_all_clears(people: People) -> Iterator[Owed]:
    """Closed losses, for those who may have read of them, once nothing about the loss is still on its way."""
    pairs = unanswered_pairs()
    episodes = losses().in_bulk({episode_id for _, episode_id in pairs})
    persons = User.objects.in_bulk({person_id for person_id, _ in pairs})
    for person_id, episode_id in pairs:
        episode, person = episodes[episode_id], persons[person_id]
        if people.is_able(person, episode.connection.company) and is_over(episode):
            yield Owed(Kind.RECOVERED, episode, person, episode.closed_at or now())


def unanswered_pairs() -> list[tuple[int, int]]:
    """(recipient, episode) of closed losses. A tried mail counts, voided or not: it may have arrived."""
    same = {"recipient": OuterRef("recipient"), "episode": OuterRef("episode")}
    cleared = MailEpisode.objects.filter(**same, kind=Kind.RECOVERED, is_void=False)
    on_the_way = MailEpisode.objects.filter(
        **same, kind__in=LOSS_KINDS, mail__state__in=[Mail.State.FROZEN, Mail.State.CLAIMED]
    )
    tried = MailEpisode.objects.filter(
        kind__in=LOSS_KINDS, mail__tries__gt=0, episode__closed_at__gt=now() - ALL_CLEAR_UNTIL
    )
    rows = tried.filter(~Exists(cleared), ~Exists(on_the_way))
    return sorted(set(rows.values_list("recipient_id", "episode_id")))


def written_about(episodes: list[Episode]) -> Written:
    """(recipient, episode, kind) of every mail that is not void."""
    rows = MailEpisode.objects.filter(episode__in=episodes, is_void=False)
    return set(rows.values_list("recipient_id", "episode_id", "kind"))
