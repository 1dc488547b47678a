"""Addresses of the pages of this floor; included by sync/urls.py."""

from django.urls import URLPattern, path

from sync.pages import (
    acting,
    company,
    conflict,
    diagnostics,
    matching,
    numbering,
    pairs,
    progress,
    receipt,
    reconciling,
    redating,
    results,
    sync_from,
    syncing_now,
)

XERO = "settings/add-ons/xero/<int:company_id>/"
DOCUMENTS = "income-and-expenses/"

urlpatterns: list[URLPattern] = [
    path(XERO, company.xero, name="xero"),
    path(f"{XERO}diagnostics/", diagnostics.xero_diagnostics, name="xero-diagnostics"),
    path(f"{XERO}matching/", matching.xero_matching, name="xero-matching"),
    path(f"{XERO}numbering/", numbering.xero_numbering, name="xero-numbering"),
    path(f"{XERO}pairs/", pairs.xero_pairs, name="xero-pairs"),
    path(f"{XERO}progress/", progress.xero_progress, name="xero-progress"),
    path(f"{XERO}receipt/", receipt.xero_receipt, name="xero-receipt"),
    path(f"{XERO}sync-from/", sync_from.xero_sync_from, name="xero-sync-from"),
    path(f"{XERO}sync-now/", syncing_now.xero_sync_now, name="xero-sync-now"),
    path(f"{DOCUMENTS}sync-results/", results.sync_results, name="sync-results"),
    path(f"{DOCUMENTS}problems/<int:problem_id>/", acting.problem_act, name="problem-act"),
    path(f"{DOCUMENTS}problems/<int:problem_id>/date/", redating.problem_redate, name="problem-redate"),
    path(f"{DOCUMENTS}conflicts/<int:conflict_id>/", conflict.conflict, name="conflict"),
    path(f"{DOCUMENTS}<int:document_id>/sharing/", acting.document_sharing, name="document-sharing"),
    path("reconciliation/", reconciling.reconciliation, name="reconciliation"),
    path("reconciliation/download/", reconciling.reconciliation_download, name="reconciliation-download"),
]
