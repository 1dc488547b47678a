"""What a mail says of one company's loss: the sentences and facts shared by all kinds of mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from integrations.causes import CauseWords, words_for
from integrations.frequency import WINDOW, is_often
from integrations.models import Episode
from notifications.words import Sum, amounts, at, ordinal, times_word
from released.web.words import count_text, duration_text

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class LossFacts:
    """One company's loss, ready for templates."""

    company: str
    organisation: str
    account: str
    since: str
    cause: CauseWords
    waiting: int
    money: str
    due_soon: int
    times: int
    link: str
    xero_page: str
    reminders_page: str

    @property
    def is_often(self) -> bool:
        return is_often(self.times)

    @property
    def often(self) -> str:
        """the third time in 30 days"""
        return f"the {ordinal(self.times)} time in 30 days"

    @property
    def times_word(self) -> str:
        return times_word(self.times)

    @property
    def waits(self) -> str:
        """9 documents: £8,285.00 of income and £624.00 of expenses"""
        if not self.waiting:
            return "nothing yet"
        said = count_text(self.waiting, "document")
        return f"{said}: {self.money}" if self.money else said

    @property
    def facts(self) -> Facts:
        soon = [("Due soon", f"{count_text(self.due_soon, 'of them', 'of them')} within seven days")]
        login = f"a Xero login with Standard or Adviser access to {self.organisation}"
        return [
            ("Waiting here", f"{self.waits}; whatever comes joins the line"),
            *(soon if self.due_soon else []),
            ("Documents lost", "none"),
            ("It takes", f"about two minutes, and {login}"),
        ]


def facts_of(episode: Episode) -> LossFacts:
    """Everything a template may say of an episode; times in the company's own zone."""
    connection, company = episode.connection, episode.connection.company
    return LossFacts(
        company=company.name,
        organisation=connection.organisation_name or "the organisation",
        account=company.account.name,
        since=at(episode.opened_at, company.timezone, company.locale),
        cause=words_for(episode),
        waiting=episode.waiting,
        money=amounts([sum_of(episode)]),
        due_soon=episode.due_soon,
        times=times_lost(episode),
        link=address("xero-reconnect", company.pk),
        xero_page=address("xero", company.pk),
        reminders_page=address("reminders", company.pk),
    )


def times_lost(episode: Episode) -> int:
    """How often within thirty days up to this loss, itself included."""
    recent = episode.connection.episodes.filter(
        kind=Episode.Kind.LOST, opened_at__gt=episode.opened_at - WINDOW, opened_at__lte=episode.opened_at
    )
    return recent.count()


def address(name: str, *arguments: object) -> str:
    """A whole address, with no authority in it: the page asks for sign-in and permission."""
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def away(episode: Episode) -> str:
    """2 h 38 min: from 14 Sep 2026 at 09:12 to 14 Sep 2026 at 11:50"""
    company, end = episode.connection.company, episode.closed_at
    if end is None:
        return ""
    start = at(episode.opened_at, company.timezone, company.locale)
    length = max(end - episode.opened_at, timedelta(0))
    return f"{duration_text(length)}: from {start} to {at(end, company.timezone, company.locale)}"


def total(episodes: Sequence[Episode]) -> tuple[int, str]:
    """How many documents wait over several companies, and how much money, each currency for itself."""
    return sum(episode.waiting for episode in episodes), amounts(sum_of(episode) for episode in episodes)


def sum_of(episode: Episode) -> Sum:
    company = episode.connection.company
    return Sum(episode.waiting_income, episode.waiting_expenses, company.currency, company.locale)
