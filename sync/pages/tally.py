"""How many documents of each company stand where, and what those that wait are worth: one query for all."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from released.billing.models import Document, Kind
from released.portfolio.models import Company
from sync import standing
from sync.conditions import CHANGED, KEPT_OUT
from sync.models import Conflict, Problem
from sync.pages.undecided import open_conflicts, open_problems


@dataclass
class Tally:
    """One company's counts. Money is what waits, expenses as a positive amount."""

    counts: dict[str, int] = field(default_factory=dict)
    income: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)
    causes: int = 0
    conflicts: int = 0

    def of(self, *names: str) -> int:
        return sum(self.counts.get(name, 0) for name in names)

    @property
    def waiting(self) -> int:
        return self.of(standing.WAITING, standing.SENDING)

    @property
    def refused(self) -> int:
        return self.of(standing.REFUSED)

    @property
    def unclear(self) -> int:
        """They may be in Xero already, and a person says so."""
        return self.of(standing.UNCLEAR)

    @property
    def unconnected(self) -> int:
        return self.of(standing.NOT_CONNECTED)

    @property
    def to_decide(self) -> int:
        return self.refused + self.unclear + self.conflicts

    def add(self, name: str, kind: Kind, count: int, total: Decimal) -> None:
        self.counts[name] = self.counts.get(name, 0) + count
        if name not in (standing.WAITING, standing.SENDING):
            return
        if kind.is_income:
            self.income += total * kind.sign
        else:
            self.expenses -= total * kind.sign


def tallies(companies: QuerySet[Company]) -> dict[int, Tally]:
    """The tally of each company that has anything to count; three queries however many companies."""
    found: dict[int, Tally] = {}
    for company_id, name, kind, count, total in _rows(companies):
        found.setdefault(company_id, Tally()).add(name, Kind(kind), count, total)
    refusals = open_problems(companies).exclude(cause__in=Problem.UNDECIDED)
    for company_id, count in _per_company(refusals):
        found.setdefault(company_id, Tally()).causes = count
    for company_id, count in _per_company(open_conflicts(companies)):
        found.setdefault(company_id, Tally()).conflicts = count
    return found


def tally(company: Company) -> Tally:
    return tallies(Company.objects.filter(pk=company.pk)).get(company.pk, Tally())


def _rows(companies: QuerySet[Company]) -> list[tuple[int, str, str, int, Decimal]]:
    looked_at = Document.objects.filter(KEPT_OUT | CHANGED, company__in=companies)
    grouped = standing.with_standing(looked_at).order_by().values_list("company_id", "standing", "kind")
    return list(grouped.annotate(Count("pk"), Sum("total")))


def _per_company(rows: QuerySet[Problem] | QuerySet[Conflict]) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list("connection__company_id").annotate(Count("pk")))
