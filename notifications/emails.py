"""One function for each email: what it says, as subject, text and HTML of the same content.

Templates are in templates/emails/<name>/. A mail's link carries no authority: it leads to a page that asks
for sign-in and permission.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from integrations.causes import CauseWords
from integrations.models import Episode
from notifications.catching_up import caught_up
from notifications.loss_facts import Facts, LossFacts, address, away, facts_of, total
from notifications.plain import facts_text, tidy
from notifications.recovery import recovery_of
from released.accounts.models import User
from released.web.words import count_text, names_text


@dataclass(frozen=True)
class Email:
    """What is frozen of a mail."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


def lost(episode: Episode, recipient: User, others: Sequence[User]) -> Email:
    """One company lost its access."""
    loss = facts_of(episode)
    why = why_you(episode, recipient)
    return render("lost", recipient, loss.facts, loss=loss, why=why, others=told(others))


def several_lost(episodes: Sequence[Episode], recipient: User, others: Sequence[User]) -> Email:
    """Several companies of one account lost their access within two minutes."""
    losses = [facts_of(episode) for episode in episodes]
    facts, cause = facts_together(episodes), common_cause(losses)
    return render(
        "several_lost",
        recipient,
        facts,
        losses=losses,
        cause=cause,
        others=told(others),
        link=address("xero-several"),
        reminders_page=address("reminders-of-lost", episodes[0].connection.company_id),
    )


def facts_together(episodes: Sequence[Episode]) -> Facts:
    """What waits over all of them."""
    waiting, money = total(episodes)
    said = f"{count_text(waiting, 'document')}{': ' + money if money else ''}" if waiting else "nothing yet"
    return [("Waiting here", f"{said}; whatever comes joins the line"), ("Documents lost", "none")]


def common_cause(losses: Sequence[LossFacts]) -> CauseWords | None:
    """Said once where it is the same for all."""
    return losses[0].cause if len({loss.cause for loss in losses}) == 1 else None


def recovered(episode: Episode, recipient: User) -> Email:
    """The all-clear: how it ended and what caught up."""
    recovery = recovery_of(episode, caught_up(episode), reader=recipient.name, away=away(episode))
    company = episode.connection.company
    return render(
        "recovered",
        recipient,
        recovery.facts,
        recovery=recovery,
        account=company.account.name,
        page=address(recovery.page, company.pk),
    )


def why_you(episode: Episode, recipient: User) -> str:
    """Why this person gets the mail."""
    company = episode.connection.company.name
    if episode.told_id == recipient.pk:
        return f"You get this because you connected {company} to Xero."
    connecting = f"{episode.told.name}, who connected it," if episode.told else "whoever connected it"
    return f"You get this because you may manage add-ons of {company}, and {connecting} cannot act any more."


def told(others: Sequence[User]) -> str:
    """Who else was told."""
    if not others:
        return "Only you were told."
    return f"{names_text([user.name for user in others])} {'was' if len(others) == 1 else 'were'} told too."


def render(
    name: str, recipient: User | None, facts: Facts, *, headers: dict[str, str] | None = None, **context: Any
) -> Email:
    """The three templates with one context. Nobody as the recipient: the operator."""
    context |= {
        "name": recipient.get_short_name() if recipient else "",
        "facts": facts,
        "facts_text": facts_text(facts),
        "support": settings.SUPPORT_EMAIL,
    }
    folder = f"emails/{name}"
    return Email(
        subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split())[:255],
        text=tidy(render_to_string(f"{folder}/body.txt", context)),
        html=render_to_string(f"{folder}/body.html", context),
        headers=headers or {},
    )
