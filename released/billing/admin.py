"""The Django admin of documents, to be looked at, and of the charts that they are booked to."""

from django.contrib import admin

from released.accounts.admin_base import ModelAdmin, ReadOnlyAdmin, ReadOnlyInline
from released.billing.models import (
    Document,
    DocumentEvent,
    LedgerAccount,
    LineItem,
    Settlement,
    TaxRate,
)


class LineInline(ReadOnlyInline):
    model = LineItem
    fields = ("description", "quantity", "unit_amount", "account_code", "tax_type", "line_amount")
    readonly_fields = fields


class SettlementInline(ReadOnlyInline):
    model = Settlement


class EventInline(ReadOnlyInline):
    model = DocumentEvent
    fields = ("at", "actor", "says")
    readonly_fields = fields


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Money is never changed from here: no event, no revision and no sync would tell of it."""

    inlines = [LineInline, SettlementInline, EventInline]
    list_display = ["number", "kind", "status", "company", "contact", "date", "total", "amount_due"]
    list_filter = ["kind", "status", "company__account"]
    search_fields = ["number", "reference", "contact__name"]
    date_hierarchy = "date"


@admin.register(LedgerAccount)
class LedgerAccountAdmin(ModelAdmin):
    """Charts of accounts."""

    list_display = ["code", "name", "group", "company", "is_active"]
    list_filter = ["company__account", "group"]
    search_fields = ["code", "name"]


@admin.register(TaxRate)
class TaxRateAdmin(ModelAdmin):
    """Tax rates."""

    list_display = ["tax_type", "name", "rate", "company"]
    list_filter = ["company__account"]
