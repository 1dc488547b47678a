"""Method and path to handler and scope; paths in either case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xero_sandbox.accounting import (
    allocations,
    attachments,
    contacts,
    documents,
    history,
    payments,
    settings_endpoints,
)
from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.envelope import Answer


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    scope: str
    handler: Callable[..., Answer]


def _route(methods: str, path: str, scope: str, handler: Callable[..., Answer], *fixed: Any) -> list[Route]:
    """`{}` in a path is one segment; it reaches the handler after the fixed arguments."""
    pattern = re.compile(re.escape(path).replace(r"\{\}", "([^/]+)") + "/?$", re.IGNORECASE)

    def bound(call: Call, *found: str) -> Answer:
        return handler(call, *fixed, *found)

    return [Route(method, pattern, scope, bound) for method in methods.split()]


_INVOICES, _CONTACTS, _SETTINGS = "accounting.invoices", "accounting.contacts", "accounting.settings"
_PAYMENTS, _FILES = "accounting.payments", "accounting.attachments"

ROUTES: list[Route] = [
    *_route("GET", "Organisation", _SETTINGS, settings_endpoints.organisation),
    *_route("GET", "Organisation/Actions", _SETTINGS, settings_endpoints.actions),
    *_route("GET", "Accounts", _SETTINGS, settings_endpoints.list_accounts),
    *_route("GET", "Accounts/{}", _SETTINGS, settings_endpoints.get_account),
    *_route("GET", "TaxRates", _SETTINGS, settings_endpoints.list_tax_rates),
    *_route("GET", "TrackingCategories", _SETTINGS, settings_endpoints.list_tracking),
    *_route("GET", "TrackingCategories/{}", _SETTINGS, settings_endpoints.get_tracking),
    *_route("GET", "Currencies", _SETTINGS, settings_endpoints.list_currencies),
    *_route("GET", "Overpayments", _PAYMENTS, documents.list_documents, "Overpayments"),
    *_route("GET", "Overpayments/{}", _PAYMENTS, documents.get_document, "Overpayments"),
    *_route("GET", "Payments", _PAYMENTS, payments.list_payments),
    *_route("PUT POST", "Payments", _PAYMENTS, payments.write_payments),
    *_route("GET", "Payments/{}", _PAYMENTS, payments.get_payment),
    *_route("POST", "Payments/{}", _PAYMENTS, payments.delete_payment),
    *_route("GET", "Contacts", _CONTACTS, contacts.list_contacts),
    *_route("PUT POST", "Contacts", _CONTACTS, contacts.write_contacts),
    *_route("GET", "Contacts/{}", _CONTACTS, contacts.get_contact),
    *_route("POST", "Contacts/{}", _CONTACTS, contacts.write_one_contact),
]
for _plural, _scope in (("CreditNotes", _INVOICES), ("Overpayments", _PAYMENTS)):
    _path = f"{_plural}/{{}}/Allocations"
    ROUTES += [
        *_route("PUT", _path, _scope, allocations.write_allocations, _plural),
        *_route("DELETE", f"{_path}/{{}}", _scope, allocations.delete_allocation, _plural),
    ]
for _plural in ("Invoices", "CreditNotes"):
    ROUTES += [
        *_route("GET", _plural, _INVOICES, documents.list_documents, _plural),
        *_route("PUT POST", _plural, _INVOICES, documents.write_documents, _plural),
        *_route("GET", f"{_plural}/{{}}", _INVOICES, documents.get_document, _plural),
        *_route("POST", f"{_plural}/{{}}", _INVOICES, documents.write_one_document, _plural),
        *_route("GET", f"{_plural}/{{}}/Attachments", _FILES, attachments.list_attachments, _plural),
        *_route("GET", f"{_plural}/{{}}/Attachments/{{}}", _FILES, attachments.get_attachment, _plural),
        *_route("PUT POST", f"{_plural}/{{}}/Attachments/{{}}", _FILES, attachments.put_attachment, _plural),
        *_route("GET", f"{_plural}/{{}}/History", _INVOICES, history.list_history, _plural),
        *_route("PUT", f"{_plural}/{{}}/History", _INVOICES, history.add_history, _plural),
    ]


def find_route(method: str, path: str) -> tuple[Route | None, tuple[str, ...]]:
    for route in ROUTES:
        if route.method == method and (found := route.pattern.match(path)):
            return route, found.groups()
    return None, ()
