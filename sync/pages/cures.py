"""Where a problem, or one that is foreseen, can be cured on our pages. For people who manage add-ons."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from integrations.models import Connection
from released.portfolio.models import Company
from released.web.words import count_text
from sync.matching.preflight import CONTACTS, DATE, MATCHING, Finding
from sync.models import Problem

Cause = Problem.Cause


@dataclass(frozen=True)
class Cure:
    """A link in words."""

    says: str
    address: str


@dataclass(frozen=True)
class Foreseen:
    """What Xero would refuse, and where that is cured."""

    finding: Finding
    cure: Cure | None

    @property
    def documents_text(self) -> str:
        return count_text(self.finding.documents, "document")


def cure_of(problem: Problem) -> Cure | None:
    """None where the cure is in Xero, or on the documents themselves."""
    company = problem.connection.company
    if problem.cause == Cause.NUMBER:
        return Cure(f"Choose whose numbers {company} takes", f"{reverse('xero', args=[company.pk])}#numbers")
    if problem.cause in (Cause.ACCOUNT_CODE, Cause.TAX_TYPE):
        return _matching(company, 1)
    return None


def foreseen(connection: Connection, findings: Iterable[Finding], *, leave_out: str = "") -> list[Foreseen]:
    """`leave_out` is a cure without a link: the page that it leads to is this one."""
    company = connection.company
    return [Foreseen(one, None if one.cure == leave_out else _cure(company, one)) for one in findings]


def _cure(company: Company, finding: Finding) -> Cure | None:
    if finding.cure == MATCHING:
        return _matching(company, len(finding.subjects))
    if finding.cure == DATE:
        address = reverse("xero-sync-from", args=[company.pk])
        return Cure("Choose a later date", f"{address}?{urlencode({'take': finding.subjects[0]})}")
    if finding.cure == CONTACTS:
        asked = {"company": company.pk, "q": finding.subjects[0]}
        return Cure("See the documents", f"{reverse('income-and-expenses')}?{urlencode(asked)}")
    return None


def _matching(company: Company, count: int) -> Cure:
    them = "it is" if count == 1 else "they are"
    return Cure(f"Choose what {them} called in Xero", reverse("xero-matching", args=[company.pk]))
