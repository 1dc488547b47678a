"""What asks for a decision: problems and conflicts that are open, of companies that are not disconnected.

While a company is disconnected nothing of it is sent, whatever is decided: its documents stay here, and are
counted so (`sync.standing`). What is open stays on record and asks again once the company is connected.
"""

from django.db.models import QuerySet

from integrations.models import Connection
from released.portfolio.models import Company
from sync.models import Conflict, Problem

APART = Connection.State.DISCONNECTED


def open_problems(companies: QuerySet[Company]) -> QuerySet[Problem]:
    found = Problem.objects.filter(connection__company__in=companies, closed_at__isnull=True)
    return found.exclude(connection__state=APART)


def open_conflicts(companies: QuerySet[Company]) -> QuerySet[Conflict]:
    found = Conflict.objects.filter(connection__company__in=companies, resolved_at__isnull=True)
    return found.exclude(connection__state=APART)
