"""Organisation, accounts, tax rates and tracking categories (docs/xero.md C)."""

from __future__ import annotations

from typing import Any

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.dates import ms_date, ms_stamp, parse_since
from xero_sandbox.accounting.envelope import Answer, envelope
from xero_sandbox.accounting.errors import NotFound
from xero_sandbox.accounting.fields import ACCOUNT_FIELDS
from xero_sandbox.accounting.model import Account, TaxRate, TrackingCategory
from xero_sandbox.accounting.where import compile_where
from xero_sandbox.http import encode

EDITABLE = ("CreateApprovedInvoice", "CreateDraftInvoice", "CreateCreditNote", "EditInvoice", "CreateContact")


def organisation(call: Call) -> Answer:
    one = call.organisation
    found: dict[str, Any] = {
        "Name": one.name,
        "LegalName": one.name,
        "PaysTax": True,
        "Version": "UK",
        "OrganisationType": "COMPANY",
        "BaseCurrency": one.currency,
        "CountryCode": one.country,
        "IsDemoCompany": one.is_demo,
        "OrganisationStatus": "ACTIVE",
        "FinancialYearEndDay": 31,
        "FinancialYearEndMonth": 3,
        "SalesTaxBasis": "ACCRUALS",
        "SalesTaxPeriod": "QUARTERLY1",
        "DefaultSalesTax": "Tax Exclusive",
        "DefaultPurchasesTax": "Tax Exclusive",
    }
    locks = (("PeriodLockDate", one.period_lock_date), ("EndOfYearLockDate", one.year_lock_date))
    found |= {name: ms_date(value) for name, value in locks if value is not None}
    found |= {
        "CreatedDateUTC": ms_date(one.created),
        "Timezone": "GMTSTANDARDTIME",
        "OrganisationEntityType": "COMPANY",
        "ShortCode": one.short_code,
        "OrganisationID": one.organisation_id,
        "Edition": "BUSINESS",
        "Class": one.organisation_class,
    }
    found |= {name: [] for name in ("Addresses", "Phones", "ExternalLinks")}
    return envelope(call, "Organisations", [encode(found | {"PaymentTerms": {}})])


def actions(call: Call) -> Answer:
    rows = [{"Name": name, "Status": "ALLOWED"} for name in EDITABLE]
    return envelope(call, "Actions", [encode(row) for row in rows])


def list_accounts(call: Call) -> Answer:
    rows = list(call.books.accounts.values())
    if where := call.query.get("where", "").strip():
        passes = compile_where(where, ACCOUNT_FIELDS)
        rows = [row for row in rows if passes(row)]
    since = parse_since(call.headers.get("If-Modified-Since", ""))
    rows = [row for row in rows if since is None or row.updated_ms >= since]
    return envelope(call, "Accounts", [_account(row) for row in rows])


def get_account(call: Call, account_id: str) -> Answer:
    rows = [
        row
        for row in call.books.accounts.values()
        if account_id.lower() in (row.account_id, row.code.lower())
    ]
    if not rows:
        raise NotFound
    return envelope(call, "Accounts", [_account(rows[0])])


def list_tax_rates(call: Call) -> Answer:
    wanted = call.query.get("TaxType", "").upper()
    rows = [row for row in call.books.tax_rates.values() if wanted in ("", row.tax_type)]
    return envelope(call, "TaxRates", [_tax_rate(row) for row in rows])


def list_tracking(call: Call) -> Answer:
    archived = call.flag("includeArchived")
    rows = [row for row in call.books.tracking if archived or row.status == "ACTIVE"]
    return envelope(call, "TrackingCategories", [_tracking(row) for row in rows])


def get_tracking(call: Call, category_id: str) -> Answer:
    rows = [row for row in call.books.tracking if row.category_id == category_id.lower()]
    if not rows:
        raise NotFound
    return envelope(call, "TrackingCategories", [_tracking(rows[0])])


def list_currencies(call: Call) -> Answer:
    rows = [{"Code": code, "Description": code} for code in call.organisation.currencies]
    return envelope(call, "Currencies", [encode(row) for row in rows])


def _account(row: Account) -> bytes:
    found: dict[str, Any] = {
        "AccountID": row.account_id,
        "Code": row.code,
        "Name": row.name,
        "Status": row.status,
        "Type": row.type,
        "TaxType": row.tax_type,
        "Class": row.account_class,
        "EnablePaymentsToAccount": row.type == "BANK",
        "ShowInExpenseClaims": False,
        "ReportingCode": "",
        "HasAttachments": False,
        "UpdatedDateUTC": ms_stamp(row.updated_ms),
        "AddToWatchlist": False,
    }
    system = {"610": "DEBTORS", "800": "CREDITORS", "820": "GST"}.get(row.code)
    bank = {"BankAccountNumber": "09012312345678", "BankAccountType": "BANK", "CurrencyCode": "GBP"}
    return encode(
        found | ({"SystemAccount": system} if system else {}) | (bank if row.type == "BANK" else {})
    )


def _tax_rate(row: TaxRate) -> bytes:
    classes = ("Assets", "Equity", "Expenses", "Liabilities", "Revenue")
    singular = {"Assets": "ASSET", "Equity": "EQUITY", "Expenses": "EXPENSE",
                "Liabilities": "LIABILITY", "Revenue": "REVENUE"}  # fmt: skip
    found: dict[str, Any] = {"Name": row.name, "TaxType": row.tax_type, "ReportTaxType": _report_type(row)}
    found |= {f"CanApplyTo{name}": singular[name] in row.applies_to for name in classes}
    rates = {"DisplayTaxRate": row.rate, "EffectiveRate": row.rate, "Status": "ACTIVE"}
    component = {"Name": "VAT", "Rate": row.rate, "IsCompound": False, "IsNonRecoverable": False}
    return encode(found | rates | {"TaxComponents": [component]})


def _report_type(row: TaxRate) -> str:
    """The return's own names: reduced and standard rates go into the same box."""
    return {"OUTPUT2": "OUTPUT", "RROUTPUT": "OUTPUT", "INPUT2": "INPUT", "RRINPUT": "INPUT"}.get(
        row.tax_type, row.tax_type
    )


def _tracking(row: TrackingCategory) -> bytes:
    options = [
        {"TrackingOptionID": one.option_id, "Name": one.name, "Status": one.status,
         "HasValidationErrors": False, "IsDeleted": False, "IsArchived": one.status != "ACTIVE",
         "IsActive": one.status == "ACTIVE"}
        for one in row.options
    ]  # fmt: skip
    return encode(
        {"Name": row.name, "Status": row.status, "TrackingCategoryID": row.category_id, "Options": options}
    )
