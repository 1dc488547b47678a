"""What somebody types in Xero itself, by way of a permission that is not ours."""

from typing import Any

import httpx

from integrations.xero import connections
from released.billing.models import Document
from sync.wire.kinds import FORMS
from tests.sandbox import HARBOUR_VIEW, PRIYA, Sandbox

LINE = {"Description": "Rent as typed", "Quantity": 1, "TaxType": "EXEMPTOUTPUT", "AccountCode": "200"}


def type_like(sandbox: Sandbox, document: Document, **fields: Any) -> str:
    """The same contact, date and total as ours, with words of its own; Xero's id. `fields` are Xero's."""
    line = LINE if document.sort.is_income else LINE | {"TaxType": "NONE", "AccountCode": "473"}
    written = {
        "Contact": {"Name": document.contact.name},
        "Date": document.date.isoformat(),
        "LineItems": [line | {"UnitAmount": str(document.total)}],
        "LineAmountTypes": "NoTax" if not document.sort.is_income else "Exclusive",
    }
    if not document.sort.is_credit:
        written["DueDate"] = (document.due_date or document.date).isoformat()
    return type_in_xero(sandbox, FORMS[document.sort].type, **(written | fields))


def type_in_xero(sandbox: Sandbox, kind: str, **fields: Any) -> str:
    """An approved document of one of Xero's types; its id."""
    endpoint = "CreditNotes" if "CREDIT" in kind else "Invoices"
    tokens, _ = sandbox.sign_in(PRIYA, HARBOUR_VIEW)
    row = next(one for one in connections.list_for(tokens.access_token) if one.name == HARBOUR_VIEW)
    headers = {
        "Authorization": f"Bearer {tokens.access_token}",
        "xero-tenant-id": str(row.xero_tenant_id),
        "Accept": "application/json",
    }
    body = {endpoint: [{"Type": kind, "Status": "AUTHORISED"} | fields]}
    answer = httpx.put(
        f"{sandbox.url}/api.xro/2.0/{endpoint}", json=body, headers=headers, trust_env=False
    ).raise_for_status()
    made = answer.json()[endpoint][0]
    return str(made.get("InvoiceID") or made["CreditNoteID"]).lower()
