"""Which of the things owed go into one mail, and when it is time to write it. Pure.

Several companies of one person and account that lost their access within two minutes get one mail, so the
sender waits out those two minutes. Where no other company of the account is connected nothing can join, and
it waits only until nothing new has come for the gathering window.

Reminders wait for nothing: which others come is known. Those of one person and account after the same
number of days are one mail, with what would follow within two minutes; so companies that shared the mail
about their loss share each reminder too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from notifications.due import REMINDERS, TOGETHER, Kind, Owed


def ready_groups(
    owed: Iterable[Owed], *, at: datetime, window: timedelta, growing: Collection[int] = ()
) -> list[list[Owed]]:
    """The groups for which the wait is over. Losses and reminders are gathered, an all-clear never.

    `growing` are the accounts in which another connection could still be lost.
    """
    by_person: dict[tuple[int, int, Kind], list[Owed]] = defaultdict(list)
    alone: list[list[Owed]] = []
    for one in owed:
        if one.kind == Kind.LOST or one.kind in REMINDERS:
            by_person[one.recipient.pk, one.account_id, one.kind].append(one)
        else:
            alone.append([one])
    losses = [group for (*_, kind), mine in by_person.items() if kind == Kind.LOST for group in split(mine)]
    reminders = [mine for (*_, kind), mine in by_person.items() if kind in REMINDERS]
    return [
        *(group for group in losses if is_ready(group, at=at, window=wait(group, window, growing))),
        *(group for group in reminders if has_come(group, at=at)),
        *alone,
    ]


def has_come(reminders: Sequence[Owed], *, at: datetime) -> bool:
    """One of them is due now; the others are due too, or would follow within two minutes."""
    return any(one.since <= at for one in reminders)


def wait(group: Sequence[Owed], window: timedelta, growing: Collection[int]) -> timedelta:
    """How long nothing new must have come before the group's mail is written."""
    return TOGETHER if group[0].account_id in growing else window


def split(mine: Sequence[Owed]) -> list[list[Owed]]:
    """One person's losses, cut where one came more than two minutes after the first of its group."""
    groups: list[list[Owed]] = []
    for one in sorted(mine, key=lambda owed: (owed.since, owed.episode.pk)):
        if groups and one.since - groups[-1][0].since <= TOGETHER:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def is_ready(group: Sequence[Owed], *, at: datetime, window: timedelta) -> bool:
    """Nothing new for the window, or the two minutes are over."""
    quiet = at - group[-1].since >= min(window, TOGETHER)
    return quiet or at - group[0].since >= TOGETHER
