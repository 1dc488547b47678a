"""Reads an amount as the company's people write it: 1,250.00 or £1250; 1.250,00 € where that is custom.

A misplaced separator is refused and not guessed at: 1,25 in England is a slip, and would become 125.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

COMMA_IS_DECIMAL = frozenset({"de", "es", "fr", "it", "nl", "pt", "da", "sv", "nb", "fi", "pl", "cs"})
SPACES = re.compile(r"[\s\u00a0\u202f']")
SYMBOLS = re.compile(r"^([-−]?)(?:[A-Z]{0,3}[£€$]|[A-Z]{3})|[£€$]$|[A-Z]{3}$")
DOTTED = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?")
COMMAED = re.compile(r"[-−]?(\d{1,3}(\.\d{3})+|\d*)(,\d*)?")


class NotAnAmount(ValueError):
    """Write an amount like 1250.00."""


def parse_amount(text: str, locale: str = "en-GB") -> Decimal:
    """The amount that was meant. Raises NotAnAmount when that is not certain."""
    bare = SYMBOLS.sub(r"\1", SPACES.sub("", text))
    comma = locale[:2] in COMMA_IS_DECIMAL
    if not (COMMAED if comma else DOTTED).fullmatch(bare) or not re.search(r"\d", bare):
        raise NotAnAmount(NotAnAmount.__doc__)
    plain = bare.replace("−", "-")
    plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
    return Decimal(plain)


def amount_text(amount: Decimal, locale: str = "en-GB", places: int = 2) -> str:
    """An amount for a field: no thousands, at least `places` decimals, no idle zeros beyond."""
    kept = max(places, -int(amount.normalize().as_tuple().exponent))
    text = f"{amount:.{kept}f}"
    return text.replace(".", ",") if locale[:2] in COMMA_IS_DECIMAL else text


class AmountField(forms.DecimalField):
    """A decimal, typed and shown in the company's own way."""

    widget = forms.TextInput

    def __init__(self, *, locale: str, places: int = 2, **options: Any) -> None:
        self.locale = locale
        self.places = places
        super().__init__(max_digits=18, decimal_places=4, **options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take over an int field's
        if value in self.empty_values:
            return None
        try:
            return parse_amount(str(value), self.locale)
        except NotAnAmount as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong

    def prepare_value(self, value: Any) -> Any:
        return amount_text(value, self.locale, self.places) if isinstance(value, Decimal) else value
