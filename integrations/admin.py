"""For operators: look, and stop or start sync. What else may be changed has a command. No secret is shown."""

from django.contrib import admin

from integrations.admin_stopping import ConnectionActs, InstallationActs
from integrations.models import Connection, Consent, Episode, Event, Grant, Installation, OperatorAlert
from released.accounts.admin_base import ReadOnlyAdmin


@admin.register(Connection)
class ConnectionAdmin(ConnectionActs):
    list_display = (
        "company", "organisation_name", "state", "sync_from", "heard_at", "is_stopped", "must_reconcile",
    )  # fmt: skip
    list_filter = ("state", "is_stopped", "must_reconcile")
    search_fields = ("company__name", "organisation_name")
    list_select_related = ("company",)


@admin.register(Installation)
class InstallationAdmin(InstallationActs):
    list_display = ("site_url", "paused_at", "paused_because", "stopped_at", "stopped_because", "adopted_at")
    exclude = ("uid", "database", "beats")


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    list_display = ("xero_user_id", "state", "refreshed_at", "in_doubt", "failures", "died_at")
    list_filter = ("state", "in_doubt")
    exclude = ("access_token", "refresh_token", "previous_refresh_token", "xero_user_email")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("company", "user", "purpose", "outcome", "created_at")
    list_filter = ("purpose", "outcome")
    list_select_related = ("company", "user")
    exclude = ("state_hash", "session_hash", "nonce", "code_verifier")


@admin.register(Episode)
class EpisodeAdmin(ReadOnlyAdmin):
    list_display = ("connection", "kind", "cause", "is_certain", "opened_at", "closed_at", "waiting")
    list_filter = ("kind", "cause", "closed_at")
    search_fields = ("connection__company__name",)
    list_select_related = ("connection__company",)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "connection", "what", "says", "actor")
    list_filter = ("what",)
    search_fields = ("connection__company__name", "says")
    list_select_related = ("connection__company", "actor")


@admin.register(OperatorAlert)
class OperatorAlertAdmin(ReadOnlyAdmin):
    list_display = ("kind", "first_at", "last_at", "times", "says", "mailed_at")
    list_filter = ("kind",)
