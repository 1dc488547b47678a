"""The lines of a document as rows of a form. Rows left blank are ignored; spare ones need no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from released.billing.forms.amounts import AmountField
from released.billing.forms.choosing import Options
from released.billing.forms.tracking import MOST_ON_A_LINE, Tracked

SPARE_ROWS = 3
MOST_ROWS = 100
LARGEST_AMOUNT = Decimal("9999999.9999")
LARGEST_QUANTITY = Decimal("999999.9999")


@dataclass(frozen=True)
class Choices:
    """What the lines of one document may be booked to."""

    accounts: Options
    tax_types: Options
    tracking: list[Tracked]


class LineForm(forms.Form):
    """One row. `key` names the stored line that it edits, and is empty for a new one."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, locale: str, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = choices.tracking
        self.fields |= {
            "description": forms.CharField(
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 1}),
                error_messages={"required": "Say what it is for."},
            ),
            "account_code": forms.ChoiceField(label="Account", required=False, choices=choices.accounts),
            "tax_type": forms.ChoiceField(label="Tax", required=False, choices=choices.tax_types),
            "quantity": AmountField(
                locale=locale, places=0, initial=Decimal(1), min_value=0, max_value=LARGEST_QUANTITY
            ),
            "unit_amount": AmountField(
                label="Price",
                locale=locale,
                min_value=-LARGEST_AMOUNT,
                max_value=LARGEST_AMOUNT,
                error_messages={"required": "Give a price."},
            ),
            "discount_rate": AmountField(
                label="Discount %", locale=locale, places=0, required=False, min_value=0, max_value=100
            ),
        }
        self.fields |= {
            column.name: forms.ChoiceField(label=column.category, required=False, choices=column.options)
            for column in self.columns
        }

    def clean(self) -> dict[str, Any]:
        """`tracking` is what was chosen by category; one whose select was not there is not in it."""
        given = super().clean() or {}
        there = [one for one in self.columns if self.add_prefix(one.name) in self.data]
        given["tracking"] = {one.category: given.get(one.name, "") for one in there}
        filled = [one for one in there if given.get(one.name)]
        if len(filled) > MOST_ON_A_LINE:
            self.add_error(filled[-1].name, "Xero takes two of these on a line at most.")
        return given

    @property
    def entered(self) -> list[forms.BoundField]:
        """The fields of the row itself."""
        names = {column.name for column in self.columns}
        return [field for field in self.visible_fields() if field.name not in names]

    @property
    def tracking(self) -> list[forms.BoundField]:
        """The fields beneath it, one for each tracking category."""
        return [self[column.name] for column in self.columns]


if TYPE_CHECKING:
    Rows = BaseFormSet[LineForm]
else:
    Rows = BaseFormSet


class LineRows(Rows):
    """All rows of a document. Which rows are stored lines is told by their keys, not by their place."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        return kwargs if index is None else kwargs | {"empty_permitted": True}

    def add_fields(self, form: LineForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove"

    def filled(self) -> list[dict[str, Any]]:
        """The cleaned values of every row that counts; of a row with errors only its sound ones."""
        rows = (getattr(form, "cleaned_data", {}) for form in self.forms if form.has_changed())
        return [row for row in rows if row and not row.get("DELETE")]


def line_rows(
    data: Mapping[str, Any] | None,
    *,
    locale: str,
    choices: Choices,
    initial: list[dict[str, Any]] | None = None,
    spare: int = SPARE_ROWS,
) -> LineRows:
    """The rows as posted, or fresh ones with `initial` values and some to spare."""
    rows: type[LineRows] = formset_factory(  # type: ignore[assignment]  # a subclass of `formset`
        LineForm, formset=LineRows, extra=spare, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    kwargs = {"locale": locale, "choices": choices}
    return rows(data, prefix="lines", initial=initial, form_kwargs=kwargs)
