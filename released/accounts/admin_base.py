"""What every page of the Django admin shares: operators only, and every change of permission is audited."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from released.accounts.access import signed_in
from released.accounts.auditing import note_change
from released.accounts.models import Account

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


class ReadOnlyAdmin(ModelAdmin):
    """To be looked at. What people own is changed by them, through the product, never from here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(TabularInline):
    """Rows of something that is only looked at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AuditedAdmin(ModelAdmin):
    """Writes what an operator changed to the account's audit: the saved row and its inlines as one entry."""

    what = ""

    def picture(self, obj: Any) -> dict[str, Any]:
        """What of the row is worth auditing, as it stands in the database now."""
        raise NotImplementedError

    def accounts_of(self, obj: Any) -> list[Account]:
        return [obj.account]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = type(obj).objects.get(pk=obj.pk) if change else None
        form.instance.before = self.picture(stored) if stored else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        before: dict[str, Any] = form.instance.before
        after = self.picture(type(form.instance).objects.get(pk=form.instance.pk))
        if before != after:
            self._note(request, form.instance, before, after)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        accounts, before = self.accounts_of(obj), self.picture(obj)
        super().delete_model(request, obj)
        for account in accounts:
            note_change(account, f"{self.what} deleted", by=signed_in(request), before=before)

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., str], str, str] | None]:
        """Deleting in bulk would pass the audit by."""
        return {}

    def _note(self, request: HttpRequest, obj: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
        verb = "changed" if before else "added"
        for account in self.accounts_of(obj):
            note_change(account, f"{self.what} {verb}", by=signed_in(request), before=before, after=after)
