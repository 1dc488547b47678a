"""The UK chart of accounts and tax rates that every organisation starts with."""

from __future__ import annotations

from decimal import Decimal

from xero_sandbox.accounting.model import Account, TaxRate
from xero_sandbox.state import new_id

_ALL = frozenset({"ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"})
_SALES = frozenset({"REVENUE", "EQUITY", "LIABILITY", "ASSET"})
_COSTS = frozenset({"EXPENSE", "ASSET", "EQUITY", "LIABILITY"})

_RATES = (
    ("20% (VAT on Income)", "OUTPUT2", "20", _SALES),
    ("20% (VAT on Expenses)", "INPUT2", "20", _COSTS),
    ("5% (VAT on Income)", "RROUTPUT", "5", _SALES),
    ("5% (VAT on Expenses)", "RRINPUT", "5", _COSTS),
    ("Zero Rated Income", "ZERORATEDOUTPUT", "0", _SALES),
    ("Zero Rated Expenses", "ZERORATEDINPUT", "0", _COSTS),
    ("Exempt Income", "EXEMPTOUTPUT", "0", _SALES),
    ("Exempt Expenses", "EXEMPTINPUT", "0", _COSTS),
    ("No VAT", "NONE", "0", _ALL),
)

_ACCOUNTS = """
090 BANK ASSET NONE Business Bank Account
091 BANK ASSET NONE Client Account
200 REVENUE REVENUE OUTPUT2 Sales
260 REVENUE REVENUE OUTPUT2 Other Revenue
270 REVENUE REVENUE NONE Interest Income
310 DIRECTCOSTS EXPENSE INPUT2 Cost of Goods Sold
320 DIRECTCOSTS EXPENSE NONE Direct Wages
325 DIRECTCOSTS EXPENSE INPUT2 Direct Expenses
400 OVERHEADS EXPENSE INPUT2 Advertising
401 OVERHEADS EXPENSE INPUT2 Audit & Accountancy fees
404 OVERHEADS EXPENSE EXEMPTINPUT Bank Fees
408 OVERHEADS EXPENSE INPUT2 Cleaning
412 OVERHEADS EXPENSE INPUT2 Consulting
425 OVERHEADS EXPENSE INPUT2 Postage, Freight & Courier
429 OVERHEADS EXPENSE INPUT2 General Expenses
433 OVERHEADS EXPENSE EXEMPTINPUT Insurance
441 OVERHEADS EXPENSE INPUT2 Legal Expenses
445 OVERHEADS EXPENSE RRINPUT Light, Power, Heating
461 OVERHEADS EXPENSE INPUT2 Printing & Stationery
463 OVERHEADS EXPENSE INPUT2 IT Software and Consumables
465 OVERHEADS EXPENSE NONE Rates
469 OVERHEADS EXPENSE INPUT2 Rent
473 OVERHEADS EXPENSE INPUT2 Repairs & Maintenance
485 OVERHEADS EXPENSE INPUT2 Subscriptions
489 OVERHEADS EXPENSE INPUT2 Telephone & Internet
493 OVERHEADS EXPENSE INPUT2 Travel - National
610 CURRENT ASSET NONE Accounts Receivable
620 CURRENT ASSET NONE Prepayments
710 FIXED ASSET INPUT2 Office Equipment
800 CURRLIAB LIABILITY NONE Accounts Payable
820 CURRLIAB LIABILITY NONE VAT
835 CURRLIAB LIABILITY NONE Directors' Loan Account
850 CURRLIAB LIABILITY NONE Tenancy Deposits Held
950 EQUITY EQUITY NONE Capital
960 EQUITY EQUITY NONE Retained Earnings
"""


def uk_tax_rates() -> dict[str, TaxRate]:
    return {
        tax_type: TaxRate(name, tax_type, Decimal(rate), classes) for name, tax_type, rate, classes in _RATES
    }


def uk_accounts(stamp_ms: int) -> dict[str, Account]:
    rows = [line.split(" ", 4) for line in _ACCOUNTS.strip().splitlines()]
    return {
        code: Account(new_id(), code, name, type_, class_, tax_type, updated_ms=stamp_ms)
        for code, type_, class_, tax_type, name in rows
    }
