"""Stopping and starting from the Django admin: an action asks for the reason, then calls the use case."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from integrations.errors import FlowError
from integrations.models import Connection, Installation
from integrations.stopping import start_all, start_connection, stop_all, stop_connection
from released.accounts.access import signed_in
from released.accounts.admin_base import ReadOnlyAdmin

REASON = "reason"
Act = Callable[[Any, str], str]


class OperatorActs(ReadOnlyAdmin):
    """Read only, but for acts that each have a use case and keep their reason on record."""

    def carry_out(
        self, request: HttpRequest, rows: QuerySet[Any], *, action: str, title: str, act: Act
    ) -> HttpResponse | None:
        """The page that asks for the reason; with one, `act(row, reason)` for each row says what was done."""
        reason = request.POST.get(REASON, "").strip()
        if not reason:
            return self._ask(request, rows, action=action, title=title)
        for row in rows:
            try:
                self.message_user(request, act(row, reason), messages.SUCCESS)
            except FlowError as problem:
                self.message_user(request, str(problem), messages.WARNING)
        return None

    def _ask(self, request: HttpRequest, rows: QuerySet[Any], *, action: str, title: str) -> HttpResponse:
        context = {
            **admin.site.each_context(request),
            "title": title,
            "opts": self.opts,
            "rows": rows,
            "action": action,
            "field": ACTION_CHECKBOX_NAME,
            "is_missing": REASON in request.POST,
        }
        return TemplateResponse(request, "admin/reason.html", context)

    def get_actions(self, request: HttpRequest) -> Any:
        """For operators alone; whoever else may look here may only look."""
        return super().get_actions(request) if signed_in(request).is_superuser else {}


class ConnectionActs(OperatorActs):
    actions = ("stop_sync", "start_sync")

    @admin.action(description="Stop the sync of the chosen companies")
    def stop_sync(self, request: HttpRequest, rows: QuerySet[Connection]) -> HttpResponse | None:
        def act(row: Connection, reason: str) -> str:
            stop_connection(row, by=signed_in(request), reason=reason)
            return f"The sync of {row.company} is stopped."

        title = "Stop the sync of these companies"
        return self.carry_out(request, rows, action="stop_sync", title=title, act=act)

    @admin.action(description="Start the sync of the chosen companies again")
    def start_sync(self, request: HttpRequest, rows: QuerySet[Connection]) -> HttpResponse | None:
        def act(row: Connection, reason: str) -> str:
            start_connection(row, by=signed_in(request), reason=reason)
            return f"The sync of {row.company} is started again."

        title = "Start the sync of these companies again"
        return self.carry_out(request, rows, action="start_sync", title=title, act=act)


class InstallationActs(OperatorActs):
    actions = ("stop_all_sync", "start_all_sync")

    @admin.action(description="Stop the sync of all companies")
    def stop_all_sync(self, request: HttpRequest, rows: QuerySet[Installation]) -> HttpResponse | None:
        def act(row: Installation, reason: str) -> str:
            return f"All companies are stopped, {stop_all(by=signed_in(request), reason=reason)} connected."

        title = "Stop the sync of all companies"
        return self.carry_out(request, rows, action="stop_all_sync", title=title, act=act)

    @admin.action(description="Start the sync of all companies again")
    def start_all_sync(self, request: HttpRequest, rows: QuerySet[Installation]) -> HttpResponse | None:
        def act(row: Installation, reason: str) -> str:
            return f"All companies are started, {start_all(by=signed_in(request), reason=reason)} connected."

        title = "Start the sync of all companies again"
        return self.carry_out(request, rows, action="start_all_sync", title=title, act=act)
