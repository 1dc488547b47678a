"""The mail that reminds of companies that are still lost: of one, or of several at once."""

from collections.abc import Sequence

from integrations.models import Episode
from notifications.emails import Email, common_cause, facts_together, render, told
from notifications.loss_facts import address, facts_of
from released.accounts.models import User
from released.web.words import count_text

LAST = 7


def reminder(episodes: Sequence[Episode], recipient: User, others: Sequence[User], *, days: int) -> Email:
    """They are still lost, `days` days later; the last one says that it is the last."""
    if len(episodes) == 1:
        return of_one(episodes[0], recipient, others, days=days)
    return of_several(episodes, recipient, others, days=days)


def of_one(episode: Episode, recipient: User, others: Sequence[User], *, days: int) -> Email:
    loss = facts_of(episode)
    return render(
        "reminder",
        recipient,
        loss.facts,
        headers=unsubscribe(loss.reminders_page),
        loss=loss,
        days=count_text(days, "day"),
        is_last=days == LAST,
        others=told(others),
    )


def of_several(episodes: Sequence[Episode], recipient: User, others: Sequence[User], *, days: int) -> Email:
    """The page to stop them at is of one company, and from there of all that are lost."""
    losses = [facts_of(episode) for episode in episodes]
    page = address("reminders-of-lost", episodes[0].connection.company_id)
    return render(
        "several_reminder",
        recipient,
        facts_together(episodes),
        headers=unsubscribe(page),
        losses=losses,
        cause=common_cause(losses),
        days=count_text(days, "day"),
        is_last=days == LAST,
        others=told(others),
        link=address("xero-several"),
        reminders_page=page,
    )


def unsubscribe(page: str) -> dict[str, str]:
    """A page and no act: whoever opens it signs in and decides there (docs/protocols.md 4)."""
    return {"List-Unsubscribe": f"<{page}>"}
