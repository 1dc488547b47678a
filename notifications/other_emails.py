"""The emails that are not about lost access itself: permissions, too many losses, refused documents."""

from collections import defaultdict
from collections.abc import Sequence

from integrations.frequency import OFTEN, WINDOW
from integrations.models import Connection, Episode, Event
from notifications.emails import Email, render, told
from notifications.loss_facts import Facts, address, away
from notifications.next_steps import next_step
from notifications.refusals import Refused
from notifications.words import at
from released.accounts.models import User
from released.web.words import count_text, money_text, names_text

CAUSES, LISTED = 5, 5


def update_permissions(events: Sequence[Event], recipient: User, others: Sequence[User]) -> Email:
    """Xero asks for more permission than was given, for one company or several."""
    connections = [event.connection for event in events]
    one = connections[0]
    company, name = one.company, one.company.name
    facts = [(each.company.name, f"missing: {scopes_said(each.missing_scopes)}") for each in connections]
    facts.append(("Documents lost", "none"))
    is_one = len(connections) == 1
    return render(
        "update_permissions",
        recipient,
        facts,
        title=f"{name if is_one else f'{len(connections)} companies'}: update permissions in Xero",
        names=names_text([each.company.name for each in connections]),
        subject_names=names_text([each.company.name for each in connections[:3]]),
        has_more=len(connections) > 3,
        organisation=one.organisation_name if is_one else "",
        account=company.account.name,
        since=at(events[0].at, company.timezone, company.locale),
        button=f"Update permissions of {name}" if is_one else "Update the permissions",
        link=address("xero-reconnect", company.pk) if is_one else address("add-ons"),
        others=told(others),
    )


SCOPES = {
    "accounting.invoices": "invoices, bills and credit notes",
    "accounting.contacts": "contacts",
    "accounting.settings.read": "reading the organisation’s settings",
    "accounting.payments.read": "reading payments",
    "offline_access": "access while nobody is signed in",
}


def scopes_said(missing: str) -> str:
    """contacts (accounting.contacts): in words, and as Xero calls it, for whoever looks it up."""
    named = [f"{SCOPES[one]} ({one})" if one in SCOPES else one for one in missing.split()]
    return ", ".join(named)


def often_lost(event: Event, recipient: User, others: Sequence[User]) -> Email:
    """It was lost three times within thirty days: send us the diagnostics file."""
    connection = event.connection
    company = connection.company
    return render(
        "often_lost",
        recipient,
        losses_of(connection, event),
        company=company.name,
        account=company.account.name,
        times=f"{OFTEN} times in {WINDOW.days} days",
        link=address("xero", company.pk),
        others=told(others),
    )


def losses_of(connection: Connection, event: Event) -> Facts:
    """When it was lost, most likely why, and for how long."""
    company = connection.company
    lost = connection.episodes.filter(
        kind=Episode.Kind.LOST, opened_at__gt=event.at - WINDOW, opened_at__lte=event.at
    )
    return [
        (
            at(one.opened_at, company.timezone, company.locale),
            f"{'' if one.is_certain else 'Most likely: '}{one.get_cause_display()}"
            + (f"; away {away(one).split(':')[0]}" if one.closed_at else ""),
        )
        for one in lost.order_by("opened_at")
    ]


def refused(group: Sequence[Refused], recipient: User) -> Email:
    """Documents that this person raised and Xero refused: the reason of each, and the next step."""
    first = group[0].document
    companies = sorted({one.document.company.name for one in group})
    is_one = len(group) == 1
    what = (
        f"{first.get_kind_display().lower()} {first.number}" if is_one else count_text(len(group), "document")
    )
    return render(
        "refused",
        recipient,
        reasons_of(group),
        title=f"{names_text(companies[:3])}: Xero refused {what}",
        what=what,
        is_one=is_one,
        account=first.company.account.name,
        button=f"Open {what}" if is_one else "Open what Xero refused",
        link=address("document", first.pk) if is_one else f"{address('income-and-expenses')}?sync=refused",
        preference=address("refusal-mails"),
        more=sum(map(len, causes_of(group)[CAUSES:])),
        headers={"List-Unsubscribe": f"<{address('refusal-mails')}>"},
    )


def causes_of(group: Sequence[Refused]) -> list[list[Refused]]:
    """What was refused for the same cause, the cause of most documents first."""
    causes: dict[int, list[Refused]] = defaultdict(list)
    for one in group:
        causes[one.link.problem_id or 0].append(one)
    return sorted(causes.values(), key=len, reverse=True)


def reasons_of(group: Sequence[Refused]) -> Facts:
    """One cause after the other: the reason, Xero's words, what to do, and the first of its documents."""
    is_mixed = len({one.document.company_id for one in group}) > 1
    facts: Facts = []
    for refusals in causes_of(group)[:CAUSES]:
        problem = refusals[0].link.problem
        facts.append(("Reason", problem.says if problem else "Xero refused it."))
        if problem and problem.xero_says:
            facts.append(("Xero’s words", problem.xero_says))
        facts.append(("Next step", next_step(problem.cause if problem else "")))
        facts.append(("Refused", _listed(refusals, with_company=is_mixed)))
    return facts


def _listed(refusals: Sequence[Refused], *, with_company: bool) -> str:
    """One a line, and directly beneath how many more there are."""
    lines = [named(one, with_company=with_company) for one in refusals[:LISTED]]
    left = len(refusals) - len(lines)
    return "\n".join([*lines, f"and {left} more, all in the list"] if left else lines)


def named(one: Refused, *, with_company: bool) -> str:
    """Invoice 1234567, Rosa Lind, £480.00; and where several companies are told of, which one."""
    document = one.document
    money = money_text(document.total, document.currency, document.company.locale)
    what = f"{document.get_kind_display()} {document.number}"
    return f"{what}, {document.contact}, {money}" + (f", {document.company.name}" if with_company else "")
