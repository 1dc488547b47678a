"""Addresses of Income and Expenses."""

from django.urls import URLPattern, path

from released.billing.views import deciding, entering, listing, showing

ROOT = "income-and-expenses/"

urlpatterns: list[URLPattern] = [
    path(ROOT, listing.income_and_expenses, name="income-and-expenses"),
    path(f"{ROOT}new/<str:kind>/", entering.document_new, name="document-new"),
    path(f"{ROOT}<int:document_id>/", showing.document, name="document"),
    path(f"{ROOT}<int:document_id>/edit/", entering.document_edit, name="document-edit"),
    path(f"{ROOT}<int:document_id>/approve/", deciding.document_approve, name="document-approve"),
    path(f"{ROOT}<int:document_id>/void/", deciding.document_void, name="document-void"),
    path(f"{ROOT}<int:document_id>/delete/", deciding.document_delete, name="document-delete"),
]
