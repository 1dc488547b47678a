"""Sync now, for one company."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from integrations.access import connection_of
from integrations.models import Connection
from released.accounts.access import signed_in
from released.portfolio.models import Company
from sync.asking import ask_sync
from sync.models import Run
from sync.pages.doors import for_managers
from sync.pages.halted import halted
from sync.pages.pausing import BRIEF, pause_left


@require_POST
@for_managers
def xero_sync_now(request: HttpRequest, company: Company) -> HttpResponse:
    connection = connection_of(company)
    if connection.state != Connection.State.CONNECTED:
        messages.warning(request, f"{company} is not connected to Xero at present.")
        return redirect("xero", company.pk)
    ask_sync(connection, by=signed_in(request), trigger=Run.Trigger.MANUAL)
    if halted(connection) is not None:
        messages.warning(request, "Sync is stopped by an operator. It begins by itself once that is over.")
        return redirect("xero", company.pk)
    pause = pause_left(connection)
    if pause is not None and pause.left > BRIEF:
        messages.info(
            request, f"{company} is synced {pause.ends}, once a pause is over. You can go on working."
        )
    return redirect("xero", company.pk)  # which follows it from here, and says so
