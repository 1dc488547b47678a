"""From a person's open losses to at most one banner. Pure: no request, no database.

One company gets a sentence; several fold into one banner with a list. On the steps that reconnect, and
when the person has folded it, one quiet line stands in for it. It never goes away while the loss lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from integrations.frequency import is_often
from notifications.words import Sum, amounts, at, ordinal, times_word
from released.web.words import count_text

LISTED = 50


class Shape(StrEnum):
    """How much room it takes: everything, folded by the person, or one line on the steps themselves."""

    FULL = "full"
    FOLDED = "folded"
    STEP = "step"


@dataclass(frozen=True)
class Loss:
    """One company's open episode of lost access, as the banner needs it. `since` is aware.

    `cause` is the clause of `integrations.causes`, to stand after "Most likely cause: ".
    """

    episode_id: int
    company_id: int
    company: str
    since: datetime
    cause: str
    is_certain: bool = False
    currency: str = "GBP"
    locale: str = "en-GB"
    zone: str = "Europe/London"
    waiting: int = 0
    income: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)
    due_soon: int = 0
    times: int = 1
    needs_date: bool = False

    @property
    def is_often(self) -> bool:
        return is_often(self.times)

    @property
    def often_said(self) -> str:
        """Three times within 30 days is unusual"""
        return f"{times_word(self.times)} times within 30 days is unusual"


@dataclass(frozen=True)
class Line:
    """One company in the list of a folded banner."""

    company_id: int
    company: str
    says: str
    needs_date: bool


@dataclass(frozen=True)
class Banner:
    """What the partial shows. `lead`, the time and `tail` make the heading."""

    shape: Shape
    lead: str
    since: datetime
    since_said: str
    tail: str
    says: str
    company_id: int
    needs_date: bool
    often: Loss | None
    lines: tuple[Line, ...]
    unlisted: int
    count: int
    fingerprint: str

    @property
    def heading(self) -> str:
        return f"{self.lead} {self.since_said}{self.tail}"

    @property
    def is_slim(self) -> bool:
        return self.shape is not Shape.FULL

    @property
    def is_folded(self) -> bool:
        return self.shape is Shape.FOLDED


def choose(
    losses: Sequence[Loss], *, folded: str | None = None, step_company_id: int | None = None
) -> Banner | None:
    """The one banner. `folded` is the fingerprint that the person folded: a new loss unfolds it again."""
    if not losses:
        return None
    ordered = sorted(losses, key=lambda loss: (loss.since, loss.company_id))
    first = next((loss for loss in ordered if loss.company_id == step_company_id), ordered[0])
    mark = fingerprint(ordered)
    often = next((loss for loss in ordered if loss.is_often), None)
    is_step = first.company_id == step_company_id
    named = [first] if is_step else ordered
    lead, tail = heading(named)
    return Banner(
        shape=shape(mark, folded, is_step=is_step),
        lead=lead,
        since=named[0].since,
        since_said=at(named[0].since, named[0].zone, named[0].locale),
        tail=tail,
        says=body(ordered),
        company_id=first.company_id,
        needs_date=first.needs_date,
        often=often,
        lines=tuple(line(loss) for loss in ordered[:LISTED]) if len(ordered) > 1 else (),
        unlisted=max(0, len(ordered) - LISTED),
        count=len(ordered),
        fingerprint=mark,
    )


def shape(mark: str, folded: str | None, *, is_step: bool) -> Shape:
    if is_step:
        return Shape.STEP
    return Shape.FOLDED if folded == mark else Shape.FULL


def fingerprint(losses: Sequence[Loss]) -> str:
    """Which losses these are, so that a new one is announced and unfolds what was folded."""
    return "-".join(str(number) for number in sorted(loss.episode_id for loss in losses))


def heading(losses: Sequence[Loss]) -> tuple[str, str]:
    """What stands before and after the time."""
    if len(losses) > 1:
        return f"{len(losses)} companies lost their access to Xero, the first on", ""
    loss = losses[0]
    tail = f", the {ordinal(loss.times)} time in 30 days" if loss.is_often else ""
    return f"{loss.company} lost its access to Xero on", tail


def body(losses: Sequence[Loss]) -> str:
    """The sentences beneath: why, what waits, that nothing is lost."""
    if len(losses) == 1 and losses[0].needs_date:
        return f"Xero has accepted us again. {waits(losses)} Choose the sync-from date to finish."
    end = "as you reconnect" if len(losses) > 1 else "once you reconnect"
    rest = f"Nothing is lost; everything goes out {end}."
    return " ".join(part for part in (why(losses), waits(losses), due(losses), rest) if part)


def why(losses: Sequence[Loss]) -> str:
    if len({loss.cause for loss in losses}) > 1:
        return "The causes differ; the list names them."
    return f"{cause_opening(losses)}{whose(len(losses))}: {losses[0].cause}."


def whose(many: int) -> str:
    if many < 2:
        return ""
    return " for both" if many == 2 else f" for all {many}"


def cause_opening(losses: Sequence[Loss]) -> str:
    return "Cause" if all(loss.is_certain for loss in losses) else "Most likely cause"


def waits(losses: Sequence[Loss]) -> str:
    """How many documents and how much money; each currency for itself, since nothing is converted."""
    waiting = sum(loss.waiting for loss in losses)
    if not waiting:
        return "No document waits yet."
    money = money_of(losses)
    said = f"{count_text(waiting, 'document')} {'waits' if waiting == 1 else 'wait'} here"
    return f"{said}: {money}." if money else f"{said}."


def money_of(losses: Sequence[Loss], *, of: str = " of") -> str:
    return amounts((Sum(one.income, one.expenses, one.currency, one.locale) for one in losses), of=of)


def due(losses: Sequence[Loss]) -> str:
    soon = sum(loss.due_soon for loss in losses)
    return f"{soon:,} of them {'is' if soon == 1 else 'are'} due within seven days." if soon else ""


def line(loss: Loss) -> Line:
    """since 14 Sep 2026 at 09:13: 14 documents, £11,402.50 income. Most likely …"""
    waiting = count_text(loss.waiting, "document") if loss.waiting else "nothing waits yet"
    facts = [f"since {at(loss.since, loss.zone, loss.locale)}: {waiting}", money_of([loss], of="")]
    often = f"{ordinal(loss.times)} time in 30 days" if loss.is_often else ""
    said = ", ".join(part for part in (*facts, often) if part)
    says = f"{said}. {cause_opening([loss])}: {loss.cause}."
    return Line(loss.company_id, loss.company, says, loss.needs_date)
