"""Dating all documents that a lock refuses on the first open day: asked on a page of its own, then done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from released.accounts.access import membership_of, require, signed_in
from released.accounts.models import User
from released.accounts.permissions import EDIT, RESOLVE
from released.billing.models import Document
from released.billing.tabs import tabs
from released.web.words import count_text, day_text
from sync.models import Problem
from sync.pages import reach
from sync.redating import LockMoved, Redated, moved_due_date, open_day, redatable, redate

LISTED, NAMED = 50, 3


@dataclass(frozen=True)
class Move:
    """One document with the due date that it will have; None where that stays."""

    document: Document
    new_due_date: date | None


@dataclass(frozen=True)
class Redating:
    """What is offered of a cause: so many documents on this day."""

    documents: int
    day: date


def redating_of(problem: Problem) -> Redating | None:
    """None where another date would help no document."""
    day = open_day(problem)
    count = redatable(problem, day).count() if day else 0
    return Redating(count, day) if day and count else None


@require_http_methods(["GET", "HEAD", "POST"])
def problem_redate(request: HttpRequest, problem_id: int) -> HttpResponse:
    """GET asks, POST of `day` dates them. Raises PermissionDenied where a person may not settle and edit."""
    problem, person = reach.problem(request, problem_id), signed_in(request)
    for permission in (RESOLVE, EDIT):
        require(person, permission, problem.connection.company)
    day = open_day(problem)
    if day is None or not redatable(problem, day).exists():
        messages.info(request, "No document of this cause waits for another date any more.")
        return redirect("sync-results")
    if request.method == "POST":
        return _act(request, problem, person)
    shown = tabs(membership_of(request), shown="sync-results") | _shown(problem, day)
    return render(request, "sync/redate.html", shown)


def _shown(problem: Problem, day: date) -> dict[str, Any]:
    documents = list(redatable(problem, day))
    moves = [Move(one, _new_due_date(one, day)) for one in documents]
    return {
        "problem": problem,
        "company": problem.connection.company,
        "day": day,
        "moves": moves[:LISTED],
        "count": len(moves),
        "moved_due_dates": sum(move.new_due_date is not None for move in moves),
        "others": problem.links.count() - len(moves),
    }


def _new_due_date(document: Document, day: date) -> date | None:
    due = moved_due_date(document.date, document.due_date, day)
    return due if due != document.due_date else None


def _act(request: HttpRequest, problem: Problem, person: User) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as odd:
        raise BadRequest("day is the day that was shown") from odd
    try:
        done = redate(problem, day, by=person)
    except LockMoved:
        messages.warning(request, "The lock in Xero has moved meanwhile, so nothing was done. Look again.")
        return redirect("problem-redate", problem.pk)
    _tell(request, done, day)
    return redirect("sync-results")


def _tell(request: HttpRequest, done: Redated, day: date) -> None:
    if done.documents:
        what = count_text(done.documents, "document")
        messages.success(request, f"Dated {day_text(day)} and sent again: {what}.")
    if done.left:
        more = f" And {len(done.left) - NAMED} more." if len(done.left) > NAMED else ""
        messages.warning(request, f"Left as they are: {' '.join(done.left[:NAMED])}{more}")
