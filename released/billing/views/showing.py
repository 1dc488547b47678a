"""The page of one document."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from released.accounts.access import membership_of, signed_in
from released.accounts.permissions import APPROVE, EDIT
from released.billing import access
from released.billing.actions import offered
from released.billing.editing import editable, facts_of
from released.billing.forms.amounts import amount_text
from released.billing.models import Document, LedgerAccount, LineItem, TaxRate
from released.billing.tabs import tabs
from released.billing.totals import to_penny
from released.clock import today


@dataclass(frozen=True)
class Row:
    """A line as it is read. `price` only where it is finer than a penny."""

    line: LineItem
    account: str
    tax: str
    quantity: str
    price: str
    discount: str
    tracking: str


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Facts, lines, totals, what was set against it, and everything that happened to it."""
    found = access.document(membership_of(request), document_id)
    user = signed_in(request)
    may_edit, may_decide = user.has_perm(EDIT, found.company), user.has_perm(APPROVE, found.company)
    facts = facts_of(found)
    context = tabs(membership_of(request), found.sort) | {
        "document": found,
        "rows": _rows(found),
        "settlements": list(found.settlements.all()),
        "events": list(found.events.select_related("actor")),
        "actions": offered(facts, may_edit=may_edit, may_decide=may_decide),
        "why_fixed": editable(facts).why if may_edit else "",
        "is_overdue": found.is_overdue(today()),
    }
    return render(request, "billing/document.html", context)


def _rows(found: Document) -> list[Row]:
    accounts = dict(LedgerAccount.objects.filter(company=found.company).values_list("code", "name"))
    taxes = dict(TaxRate.objects.filter(company=found.company).values_list("tax_type", "name"))
    return [_row(line, accounts, taxes, found.company.locale) for line in found.line_items.all()]


def _row(line: LineItem, accounts: dict[str, str], taxes: dict[str, str], locale: str) -> Row:
    return Row(
        line=line,
        account=f"{line.account_code} {accounts.get(line.account_code, '')}".strip(),
        tax=taxes.get(line.tax_type, line.tax_type),
        quantity=amount_text(line.quantity, locale, places=0),
        price="" if line.unit_amount == to_penny(line.unit_amount) else amount_text(line.unit_amount, locale),
        discount=amount_text(line.discount_rate, locale, places=0) if line.discount_rate else "",
        tracking=", ".join(f"{one['category']}: {one['option']}" for one in line.tracking),
    )
