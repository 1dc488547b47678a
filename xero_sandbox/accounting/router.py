"""Method and path to handler and scope; paths in either case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xero_sandbox.accounting import contacts, documents, settings_endpoints
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

ROUTES: list[Route] = [
    *_route("GET", "Organisation", _SETTINGS, settings_endpoints.organisation),
    *_route("GET", "Organisation/Actions", _SETTINGS, settings_endpoints.actions),
    *_route("GET", "Accounts", _SETTINGS, settings_endpoints.list_accounts),
    *_route("GET", "Accounts/{}", _SETTINGS, settings_endpoints.get_account),
    *_route("GET", "TaxRates", _SETTINGS, settings_endpoints.list_tax_rates),
    *_route("GET", "TrackingCategories", _SETTINGS, settings_endpoints.list_tracking),
    *_route("GET", "TrackingCategories/{}", _SETTINGS, settings_endpoints.get_tracking),
    *_route("GET", "Currencies", _SETTINGS, settings_endpoints.list_currencies),
    *_route("GET", "Contacts", _CONTACTS, contacts.list_contacts),
    *_route("PUT POST", "Contacts", _CONTACTS, contacts.write_contacts),
    *_route("GET", "Contacts/{}", _CONTACTS, contacts.get_contact),
    *_route("POST", "Contacts/{}", _CONTACTS, contacts.write_one_contact),
]
for _plural in ("Invoices", "CreditNotes"):
    ROUTES += [
        *_route("GET", _plural, _INVOICES, documents.list_documents, _plural),
        *_route("PUT POST", _plural, _INVOICES, documents.write_documents, _plural),
        *_route("GET", f"{_plural}/{{}}", _INVOICES, documents.get_document, _plural),
        *_route("POST", f"{_plural}/{{}}", _INVOICES, documents.write_one_document, _plural),
    ]


def find_route(method: str, path: str) -> tuple[Route | None, tuple[str, ...]]:
    for route in ROUTES:
        if route.method == method and (found := route.pattern.match(path)):
            return route, found.groups()
    return None, ()
