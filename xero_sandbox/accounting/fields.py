"""The fields that `where` and `order` know, by lower-case name."""

from __future__ import annotations

from datetime import date
from typing import Any

from xero_sandbox.accounting.model import Contact, Document, Payment
from xero_sandbox.accounting.organisation import Books
from xero_sandbox.accounting.where import Getter
from xero_sandbox.clock import from_ms


def _updated(item: Any) -> date:
    return from_ms(item.updated_ms).date()


def document_fields(books: Books) -> dict[str, Getter]:
    def contact(item: Document) -> Contact:
        return books.contacts.by_id[item.contact_id]

    both: dict[str, Getter] = {
        "type": lambda item: item.type,
        "status": lambda item: item.status,
        "reference": lambda item: item.reference,
        "date": lambda item: item.date,
        "duedate": lambda item: item.due_date,
        "total": lambda item: item.total,
        "subtotal": lambda item: item.sub_total,
        "amountpaid": lambda item: item.amount_paid,
        "amountcredited": lambda item: item.amount_credited,
        "amountdue": lambda item: item.amount_due,
        "remainingcredit": lambda item: item.amount_due,
        "currencycode": lambda item: item.currency,
        "url": lambda item: item.url,
        "updateddateutc": _updated,
        "contact.contactid": lambda item: item.contact_id,
        "contact.name": lambda item: contact(item).name,
        "contact.contactnumber": lambda item: contact(item).contact_number,
    }
    for name in ("invoiceid", "creditnoteid"):
        both[name] = lambda item: item.item_id
    for name in ("invoicenumber", "creditnotenumber"):
        both[name] = lambda item: item.number
    return both


CONTACT_FIELDS: dict[str, Getter] = {
    "contactid": lambda item: item.item_id,
    "name": lambda item: item.name,
    "contactstatus": lambda item: item.status,
    "emailaddress": lambda item: item.email,
    "contactnumber": lambda item: item.contact_number,
    "accountnumber": lambda item: item.account_number,
    "firstname": lambda item: item.first_name,
    "lastname": lambda item: item.last_name,
    "iscustomer": lambda item: item.is_customer,
    "issupplier": lambda item: item.is_supplier,
    "updateddateutc": _updated,
}


def _payment_amount(item: Payment) -> Any:
    return item.amount


PAYMENT_FIELDS: dict[str, Getter] = {
    "paymentid": lambda item: item.item_id,
    "status": lambda item: item.status,
    "date": lambda item: item.date,
    "amount": _payment_amount,
    "reference": lambda item: item.reference,
    "invoice.invoiceid": lambda item: item.document_id,
    "updateddateutc": _updated,
}

ACCOUNT_FIELDS: dict[str, Getter] = {
    "accountid": lambda item: item.account_id,
    "code": lambda item: item.code,
    "name": lambda item: item.name,
    "type": lambda item: item.type,
    "class": lambda item: item.account_class,
    "status": lambda item: item.status,
    "taxtype": lambda item: item.tax_type,
}
