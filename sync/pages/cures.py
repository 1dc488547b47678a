"""Where a setting of ours can cure a problem: the page that has it. For people who manage add-ons."""

from dataclasses import dataclass

from django.urls import reverse

from sync.models import Problem


@dataclass(frozen=True)
class Cure:
    """A link in words."""

    says: str
    address: str


def cure_of(problem: Problem) -> Cure | None:
    """None where the cure is in Xero, or on the documents themselves."""
    company = problem.connection.company
    if problem.cause == Problem.Cause.NUMBER:
        page = reverse("xero", args=[company.pk])
        return Cure(f"Choose whose numbers {company} takes", f"{page}#numbers")
    return None
