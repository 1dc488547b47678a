"""The details above the lines: with whom, when, until when, and what for."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q

from released.billing.models import Document, LineAmountTypes
from released.portfolio.models import Company, Contact, Tenancy

EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)
FREE_WHEN_SETTLED = frozenset({"reference", "due_date", "revision", "seen"})


class DayField(forms.DateField):
    """A day, with its date in words beside it: the browser's own format can be misread."""

    def __init__(self, *, words: str, **options: Any) -> None:
        super().__init__(**options)
        self.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-words": words})

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and not EARLIEST <= value < LATEST:
            raise forms.ValidationError("Check the year.")


class EntryForm(forms.Form):
    """Everything about a document that is not a line."""

    contact = forms.ModelChoiceField(Contact.objects.none(), required=False, empty_label="Choose…")
    new_contact = forms.CharField(
        label="Or somebody new",
        required=False,
        max_length=255,
        help_text="Their name; it is kept as a contact.",
    )
    date = DayField(words="date-words")
    due_date = DayField(words="due-date-words", required=False)
    reference = forms.CharField(required=False, max_length=255)
    tenancy = forms.ModelChoiceField(Tenancy.objects.none(), required=False, empty_label="None")
    line_amount_types = forms.ChoiceField(label="Amounts are", choices=LineAmountTypes.choices)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False)

    def __init__(self, *args: Any, company: Company, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        self.company = company
        own = Q(is_archived=False) | Q(pk=document.contact_id if document else None)
        _among(self.fields["contact"], Contact.objects.filter(own, company=company))
        homes = Tenancy.objects.filter(premises__company=company).select_related("premises", "lessee")
        _among(self.fields["tenancy"], homes.order_by("pk"))

    def settle(self) -> None:
        """Leave open only what Xero still allows on a bill with payments."""
        for name, field in self.fields.items():
            field.disabled = name not in FREE_WHEN_SETTLED

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen, new = given.get("contact"), (given.get("new_contact") or "").strip()
        if chosen and new:
            self.add_error("new_contact", "Choose a contact or name a new one, not both.")
        elif not chosen and not new and "contact" not in self.errors:
            self.add_error("contact", "Choose a contact, or name a new one.")
        return given


def _among(field: forms.Field, rows: Any) -> None:
    """Offer these rows in a select."""
    field.queryset = rows  # type: ignore[attr-defined]
