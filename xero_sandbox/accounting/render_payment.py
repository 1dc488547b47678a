"""How a payment looks on its own endpoint (docs/xero.md C)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.dates import iso_stamp, ms_date, ms_stamp
from xero_sandbox.accounting.kinds import kind_of
from xero_sandbox.accounting.model import Payment
from xero_sandbox.accounting.organisation import Books
from xero_sandbox.accounting.render_contact import contact_stub
from xero_sandbox.http import encode

TYPES = {
    "ACCREC": "ACCRECPAYMENT",
    "ACCPAY": "ACCPAYPAYMENT",
    "ACCRECCREDIT": "ARCREDITPAYMENT",
    "ACCPAYCREDIT": "APCREDITPAYMENT",
    "RECEIVE-OVERPAYMENT": "AROVERPAYMENTPAYMENT",
    "SPEND-OVERPAYMENT": "APOVERPAYMENTPAYMENT",
}


def rendered_payment(books: Books, payment: Payment) -> bytes:
    if "full" not in payment.rendered:
        payment.rendered["full"] = encode(_payment_json(books, payment))
    return payment.rendered["full"]


def _payment_json(books: Books, payment: Payment) -> dict[str, Any]:
    document = books.ledger(payment.kind).by_id[payment.document_id]
    kind = kind_of(document.kind)
    account = books.accounts[payment.account_code]
    owner = {
        "Type": document.type,
        kind.id_field: document.item_id,
        kind.number_field: document.number,
        "Contact": contact_stub(books.contacts.by_id[document.contact_id]),
        "HasErrors": False,
    }
    return {
        "PaymentID": payment.item_id,
        "Date": ms_date(payment.date),
        "BankAmount": payment.amount,
        "Amount": payment.amount,
        "Reference": payment.reference,
        "CurrencyRate": Decimal("1.000000"),
        "PaymentType": TYPES[document.type],
        "Status": payment.status,
        "UpdatedDateUTC": ms_stamp(payment.updated_ms),
        "UpdatedDateUTCString": iso_stamp(payment.updated_ms),
        "HasAccount": True,
        "IsReconciled": False,
        "Account": {"AccountID": account.account_id, "Code": account.code, "Name": account.name},
        kind.noun: owner,
        "HasValidationErrors": False,
    }
