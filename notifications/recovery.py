"""How a loss ended, in words. Pure, but for reading the episode it is given."""

from dataclasses import dataclass

from integrations.models import Connection, Episode
from notifications.catching_up import CaughtUp
from notifications.loss_facts import Facts
from notifications.plain import number_runs
from notifications.words import Sum, amounts, at
from released.web.words import count_text

State = Connection.State


@dataclass(frozen=True)
class Recovery:
    """`is_good`: nothing is left to do. `page` is the name of the address behind the button."""

    company: str
    title: str
    opening: str
    ending: str
    facts: Facts
    is_good: bool
    page: str
    button: str


def recovery_of(episode: Episode, done: CaughtUp, *, reader: str, away: str) -> Recovery:
    """The words for how it stands now: disconnected, lost again, in step, differing, or still catching up."""
    company, state = episode.connection.company.name, episode.connection.state
    how, facts = how_it_ended(episode, reader), [("Away", away)]
    if state == State.DISCONNECTED or episode.closing.get("how") == "disconnected":
        return disconnected(company, how, facts)
    if state == State.REVOKED:
        return lost_again(company, how, facts)
    facts = [*facts, *done_facts(episode, done)]
    if done.agrees:
        return in_step(company, how, facts, has_sent=bool(done.sent))
    return still_differing(company, how, facts, is_compared=done.agrees is not None)


def disconnected(company: str, how: str, facts: Facts) -> Recovery:
    title, ending = f"{company} is disconnected from Xero", "Nothing is shared until it is connected again."
    return Recovery(company, title, how, ending, facts, False, "xero", f"Open {company} and Xero")


def lost_again(company: str, how: str, facts: Facts) -> Recovery:
    title = f"{company} had its access to Xero back, and lost it again"
    ending = "A mail of its own says what happened and what to do."
    return Recovery(company, title, how, ending, facts, False, "xero", f"Open {company} and Xero")


def in_step(company: str, how: str, facts: Facts, *, has_sent: bool) -> Recovery:
    said = "Everything that waited is in Xero, and both sides agree." if has_sent else "Both sides agree."
    title, ending = f"{company} is back in step with Xero", "Nothing is left to do."
    return Recovery(
        company, title, f"{how} {said}", ending, facts, True, "xero-receipt", "See what caught up"
    )


def still_differing(company: str, how: str, facts: Facts, *, is_compared: bool) -> Recovery:
    title = f"{company} is connected to Xero again"
    if is_compared:
        ending = "Some documents need a look: open the report and decide."
        return Recovery(company, title, how, ending, facts, False, "xero-receipt", "See what caught up")
    ending = "It is still catching up; its page shows how far it is. Nothing is lost."
    return Recovery(company, title, how, ending, facts, False, "xero", "See how far it is")


def how_it_ended(episode: Episode, reader: str) -> str:
    """You reconnected Harbour View Ltd at 11:50 on 14 Sep 2026."""
    company, by = episode.connection.company, episode.closing.get("by") or "Somebody"
    who = "You" if by == reader else by
    when = at(episode.closed_at, company.timezone, company.locale) if episode.closed_at else ""
    match episode.closing.get("how"):
        case "by itself":
            return f"Xero accepts us again for {company.name} since {when}; nobody had to reconnect."
        case "disconnected":
            return f"{who} disconnected {company.name} on {when}."
        case _:
            return f"{who} reconnected {company.name} on {when}."


def done_facts(episode: Episode, done: CaughtUp) -> Facts:
    """Sent, numbers, received, compared; what did not happen is left out."""
    company = episode.connection.company
    sums = done.money.items()
    money = amounts(Sum(one.income, one.expenses, currency, company.locale) for currency, one in sums)
    sent = count_text(done.sent, "document") + (f": {money}" if money else "")
    facts = [("Sent to Xero", sent if done.sent else "nothing waited")]
    if done.new_numbers:
        facts.append(("New numbers", "\n".join(number_runs(done.new_numbers))))
    facts.append(("From Xero", count_text(done.received, "change") if done.received else "no changes"))
    problems = [
        (done.refused, "refused by Xero"),
        (done.conflicts, "changed on both sides"),
        (done.unclear, "perhaps in Xero already"),
    ]
    if any(number for number, _ in problems):
        facts.append(("To decide", ", ".join(f"{number} {said}" for number, said in problems if number)))
    if done.agrees is not None:
        found = count_text(done.differences, "difference") if done.differences else "no differences"
        facts.append(("Compared", f"{count_text(done.compared, 'document')} on both sides, {found}"))
    return facts
