"""The sync-from date: help with the choice, what a date would mean, and the confirmation.

One address for all of it: GET shows the form with the meaning of `?date=`, htmx asks for that part alone as
the date changes, POST confirms. After a consent that is the last step; later it moves the date.
"""

import datetime
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrations import transitions
from integrations.access import connection_of
from integrations.errors import WrongState
from integrations.models import Connection
from released.accounts.access import signed_in
from released.clock import today
from released.portfolio.models import Company
from released.web.words import day_text
from sync.matching.preflight import DATE, preflight
from sync.matching.reading import reading_of
from sync.models import Problem
from sync.pages import months
from sync.pages.cures import foreseen
from sync.pages.doors import for_managers
from sync.pages.steps import has_matching, is_first
from sync.preview import preview

State = Connection.State
EARLIEST = date(1990, 1, 1)


class SyncFromForm(forms.Form):
    """A day that is a sensible start of sharing."""

    date = forms.DateField(
        error_messages={
            "required": "Choose a date, for example 3 Mar 2025.",
            "invalid": "Choose a date, for example 3 Mar 2025.",
        }
    )

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if not EARLIEST <= day <= today() + timedelta(days=366):
            raise forms.ValidationError(f"Choose a date between {day_text(EARLIEST)} and a year from now.")
        return day


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_managers
def xero_sync_from(request: HttpRequest, company: Company) -> HttpResponse:
    connection = connection_of(company)
    if connection.state not in (State.AWAITING_DATE, State.CONNECTED):
        return redirect("xero", company.pk)
    if request.method == "POST":
        return _confirm(request, connection)
    if "HX-Request" in request.headers:
        return render(request, "sync/_meaning.html", _meaning(connection, _wanted(request, connection)))
    return _page(request, connection, _wanted(request, connection), SyncFromForm())


def _wanted(request: HttpRequest, connection: Connection) -> date | None:
    """The date that is asked about: an offered one that was taken, the one typed, else the one before."""
    asked = request.GET.get("take") or request.GET.get("date")
    if asked is None:
        return connection.sync_from
    form = SyncFromForm({"date": asked})
    return form.cleaned_data["date"] if form.is_valid() else None


def _confirm(request: HttpRequest, connection: Connection) -> HttpResponse:
    form = SyncFromForm(request.POST)
    if not form.is_valid():
        return _page(request, connection, None, form, status=422)
    day, person = form.cleaned_data["date"], signed_in(request)
    try:
        _settle(connection, day, person)
    except WrongState:
        messages.info(request, f"Somebody else has just confirmed the date of {connection.company}.")
        return redirect("xero", connection.company_id)
    messages.success(
        request, f"{connection.company} shares documents dated {day_text(day)} or later with Xero."
    )
    return redirect("xero", connection.company_id)


def _settle(connection: Connection, day: date, person: Any) -> None:
    if connection.state == State.AWAITING_DATE:
        transitions.confirm_sync_from(connection, sync_from=day, by=person)
    elif day != connection.sync_from or connection.all_time:
        transitions.change_sync_from(connection, sync_from=day, by=person)


def _page(
    request: HttpRequest, connection: Connection, day: date | None, form: SyncFromForm, *, status: int = 200
) -> HttpResponse:
    typed = form.data.get("date", "") if form.is_bound else (day.isoformat() if day else "")
    shown = {
        "form": form,
        "typed": typed,
        "typed_day": parse_date(typed) if len(typed) == 10 and not form.errors else day,
        "is_first": is_first(connection),
        "has_matching": has_matching(connection),
        "is_moving": connection.state == State.CONNECTED,
    }
    return render(request, "sync/sync_from.html", shown | _meaning(connection, day), status=status)


def _meaning(connection: Connection, day: date | None) -> dict[str, Any]:
    """What the date means, and the dates that are worth offering whatever is typed."""
    asked = day or today()
    seen = preview(connection, asked)
    lock = max(
        (one for one in (connection.period_lock_date, connection.end_of_year_lock_date) if one), default=None
    )
    reading = reading_of(connection)
    findings = [one for one in preflight(connection, asked) if one.cause != Problem.Cause.LOCK_DATE]
    picture = months.draw(months.counts(connection.company), asked, today(), lock) if day else None
    return {
        "company": connection.company,
        "connection": connection,
        "day": day,
        "preview": seen,
        "lock": lock,
        "picture": picture,
        "findings": foreseen(connection, findings, leave_out=DATE),
        "is_unread": reading is None or not reading.sorts,
    }
