"""The filter above the list. A value that was never offered is said to be unknown, and narrows nothing."""

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from released.accounts.models import Membership
from released.accounts.permissions import VIEW
from released.billing.listing import Choices, registered_filters
from released.billing.models import Document, Kind, Status
from released.billing.periods import choices, period_of
from released.clock import today
from released.portfolio.access import companies_allowing

TYPES: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "invoices": ("Invoices", (Kind.INVOICE,)),
    "expenses": ("Bills and expenses", (Kind.BILL,)),
    "credits": ("Credit notes", (Kind.CREDIT_NOTE, Kind.SUPPLIER_CREDIT)),
}
LABELS = {value: label for value, (label, _) in TYPES.items()}
UNKNOWN = {"invalid_choice": "This choice is not known; it is left out."}
LONGEST_LOCAL_NUMBER = 9


class FilterForm(forms.Form):
    """Search, type, company, status and period, and whatever higher floors have registered."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Number, name, reference"}),
    )

    def __init__(self, data: QueryDict, membership: Membership) -> None:
        super().__init__(data, label_suffix="")
        self.companies = list(companies_allowing(membership, VIEW))
        companies = [(str(one.pk), one.name) for one in self.companies]
        self.fields["type"] = _choice("Type", "Any type", list(LABELS.items()))
        self.fields["company"] = _choice("Company", "All companies", companies)
        self.fields["status"] = _choice("Status", "Any status", [*_statuses(), ("overdue", "Overdue")])
        self.fields["period"] = _choice("Dated", "Any date", choices(today()))
        for extra in registered_filters():
            self.fields[extra.name] = _choice(extra.label, "Any state", extra.options())

    def narrow(self, documents: QuerySet[Document]) -> QuerySet[Document]:
        """The documents that the valid choices leave."""
        self.is_valid()
        chosen = self.cleaned_data
        documents = _by_status(_search(documents, chosen.get("q", "")), chosen.get("status", ""))
        if chosen.get("type"):
            documents = documents.filter(kind__in=TYPES[chosen["type"]][1])
        if chosen.get("company"):
            documents = documents.filter(company_id=chosen["company"])
        if chosen.get("period"):
            period = period_of(chosen["period"], today())
            documents = documents.filter(date__range=(period.first, period.last))
        for extra in registered_filters():
            if chosen.get(extra.name):
                documents = extra.apply(documents, chosen[extra.name])
        return documents


def _choice(label: str, anything: str, options: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[("", anything), *options], error_messages=UNKNOWN
    )


def _statuses() -> list[tuple[str, str]]:
    return [(status.value, str(status.label)) for status in Status]


def _by_status(documents: QuerySet[Document], status: str) -> QuerySet[Document]:
    """What was deleted shows only when it is asked for."""
    if not status:
        return documents.exclude(status=Status.DELETED)
    if status == "overdue":
        return documents.filter(status=Status.AUTHORISED, due_date__lt=today(), amount_due__gt=0)
    return documents.filter(status=status)


def _search(documents: QuerySet[Document], text: str) -> QuerySet[Document]:
    """By number, contact or reference; the old number still finds what has Xero's number now."""
    if not text:
        return documents
    found = Q(number__icontains=text) | Q(contact__name__icontains=text) | Q(reference__icontains=text)
    if text.isdecimal() and len(text) <= LONGEST_LOCAL_NUMBER:
        found |= Q(local_number=int(text))
    return documents.filter(found)
