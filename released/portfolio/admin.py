"""The Django admin of companies, of what they own, and of who reaches them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from released.accounts.admin_base import AuditedAdmin, ModelAdmin, ReadOnlyAdmin, TabularInline
from released.accounts.models import Membership
from released.portfolio.models import Company, CompanyLimit, Contact, Property, Tenancy
from released.portfolio.signals import company_created


@admin.register(Company)
class CompanyAdmin(AuditedAdmin):
    """Companies. A new one gets its chart of accounts at once; none changes its account or is deleted."""

    what = "company"
    list_display = ["name", "account", "currency", "timezone"]
    list_filter = ["account"]
    search_fields = ["name"]

    def picture(self, obj: Company) -> dict[str, Any]:
        names = ("name", "currency", "locale", "timezone")
        return {name: getattr(obj, name) for name in names}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["account", "currency"] if obj else []

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            company_created.send(Company, company=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LimitInline(TabularInline):
    """The companies of a limited membership: those of its own account."""

    model = CompanyLimit
    extra = 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        match = request.resolver_match
        key = match.kwargs.get("object_id") if match else None
        if db_field.name == "company":
            kwargs["queryset"] = Company.objects.filter(account__memberships=key)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    """Who works in which account, in which role, for which companies."""

    what = "membership"
    inlines = [LimitInline]
    list_display = ["user", "account", "role", "is_limited", "is_active"]
    list_filter = ["account", "role__name", "is_active"]
    search_fields = ["user__email", "user__name"]
    autocomplete_fields = ["user"]

    def picture(self, obj: Membership) -> dict[str, Any]:
        return {
            "person": obj.user.email,
            "role": obj.role.name,
            "is_active": obj.is_active,
            "is_limited": obj.is_limited,
            "companies": sorted(obj.limits.values_list("company__name", flat=True)),
        }

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["user", "account"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Companies can be named once the account is."""
        return self.inlines if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A role of another account would reach nothing, and must not be given by mistake."""
        match = request.resolver_match
        key = match.kwargs.get("object_id") if match else None
        if db_field.name == "role" and key:
            kwargs["queryset"] = db_field.related_model.objects.filter(account__memberships=key)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Property)
class PropertyAdmin(ModelAdmin):
    """Buildings."""

    list_display = ["name", "company", "address"]
    list_filter = ["company__account"]
    search_fields = ["name", "address"]


@admin.register(Tenancy)
class TenancyAdmin(ModelAdmin):
    """Agreements with lessees."""

    list_display = ["unit", "premises", "lessee", "rent", "starts_on", "ends_on"]
    autocomplete_fields = ["premises", "lessee"]


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """Lessees and suppliers. They travel with documents: a change from here would pass sync by."""

    list_display = ["name", "company", "email", "is_archived"]
    list_filter = ["company__account", "is_archived"]
    search_fields = ["name", "email"]
