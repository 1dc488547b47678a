"""Sync results: what waits, what was sent, what needs a decision, by its cause."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from released.accounts.access import membership_of
from released.accounts.permissions import EDIT, MANAGE_ADDONS, RESOLVE
from released.billing.models import Document
from released.billing.tabs import tabs
from released.clock import now
from released.portfolio.models import Company
from sync import standing
from sync.models import Conflict, Problem
from sync.pages.candidates import Candidate, candidates
from sync.pages.cures import Cure, cure_of
from sync.pages.reach import chosen_company, followed_companies
from sync.pages.redating import Redating, redating_of
from sync.pages.tally import tallies
from sync.pages.undecided import open_conflicts, open_problems

PER_PAGE = 50
LISTED = 25
CHIPS = (
    ("waiting", "Waiting", (standing.WAITING,)),
    ("sending", "Sending", (standing.SENDING,)),
    ("held", "Before sync-from date", (standing.HELD,)),
    ("excluded", "Excluded", (standing.EXCLUDED,)),
    ("not_connected", "Not connected", (standing.NOT_CONNECTED,)),
)


@dataclass(frozen=True)
class Chip:
    """One filter with its count."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Cause:
    """An open problem with the documents that it stops."""

    problem: Problem
    documents: list[Document]
    count: int
    income: Decimal
    expenses: Decimal
    candidates: list[Candidate]
    cure: Cure | None
    redating: Redating | None

    @property
    def title(self) -> str:
        """The first sentence of what is said; `advice` is the rest."""
        return self.problem.says.partition(". ")[0].rstrip(".")

    @property
    def is_undecided(self) -> bool:
        """Nothing was refused: a person says whether Xero has it already."""
        return self.problem.cause in Problem.UNDECIDED

    @property
    def is_pairs(self) -> bool:
        return self.problem.cause == Problem.Cause.LIKELY_PAIR

    @property
    def is_unseen(self) -> bool:
        """Xero will not say whether it arrived: nothing can be compared or sent, only asked for again."""
        return self.problem.cause == Problem.Cause.UNSEEN

    @property
    def advice(self) -> str:
        return self.problem.says.partition(". ")[2]


@require_safe
def sync_results(request: HttpRequest) -> HttpResponse:
    reached = followed_companies(request)
    company = chosen_company(request, reached)
    mine = reached.filter(pk=company.pk) if company else reached
    chips = _chips(mine)
    show = request.GET.get("show", "")
    show = show if show in {chip.name for chip in chips} else "decide"
    found = causes(mine) if show == "decide" else []
    shown = tabs(membership_of(request), shown="sync-results") | {
        "companies": reached,
        "company": company,
        "chips": chips,
        "show": show,
        "current": next(chip for chip in chips if chip.name == show),
        "can_resolve": membership_of(request).allows(RESOLVE),
        "can_edit": membership_of(request).allows(EDIT),
        "can_manage": membership_of(request).allows(MANAGE_ADDONS),
        "causes": found,
        "refusals": sum(not cause.is_undecided for cause in found),
        "conflicts": _conflicts(mine) if show == "decide" else [],
        "page": None if show == "decide" else _page(request, _documents(mine, show)),
    }
    return render(request, "sync/results.html", shown)


def causes(companies: QuerySet[Company]) -> list[Cause]:
    """The open problems, the one that stops most documents first."""
    found = (
        open_problems(companies)
        .select_related("connection__company")
        .prefetch_related("links__document__contact")
    )
    return sorted((_cause(problem) for problem in found), key=lambda cause: -cause.count)


def _cause(problem: Problem) -> Cause:
    documents = [link.document for link in problem.links.all()]
    return Cause(
        problem,
        documents[:LISTED],
        len(documents),
        sum((one.signed_total for one in documents if one.sort.is_income), Decimal(0)),
        -sum((one.signed_total for one in documents if not one.sort.is_income), Decimal(0)),
        candidates(problem),
        cure_of(problem),
        redating_of(problem),
    )


def _conflicts(companies: QuerySet[Company]) -> QuerySet[Conflict]:
    return open_conflicts(companies).select_related("document__company", "document__contact")


def _chips(companies: QuerySet[Company]) -> list[Chip]:
    counted = list(tallies(companies).values())
    chips = [Chip("decide", "Needs a decision", sum(one.to_decide for one in counted))]
    chips += [Chip(name, label, sum(one.of(*names) for one in counted)) for name, label, names in CHIPS]
    return [*chips, Chip("sent", "Agreed today", _agreed_today(companies).count())]


def _documents(companies: QuerySet[Company], show: str) -> QuerySet[Document]:
    if show == "sent":
        return _agreed_today(companies)
    names = next(names for name, _, names in CHIPS if name == show)
    documents = Document.objects.filter(company__in=companies)
    return standing.with_standing(documents).filter(standing__in=names)


def _agreed_today(companies: QuerySet[Company]) -> QuerySet[Document]:
    """Documents that both sides came to agree on since midnight, sent or received."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return Document.objects.filter(company__in=companies, link__agreed_at__gte=midnight)


def _page(request: HttpRequest, documents: QuerySet[Document]) -> Page[Document]:
    rows = documents.select_related("company", "contact", "link").order_by("-date", "-pk")
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
