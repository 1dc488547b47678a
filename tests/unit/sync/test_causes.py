"""Xero's words sorted into causes; each row with a text that was really seen."""

import pytest

from sync.causes import lock_day, refusal_of
from sync.models import Problem

Cause = Problem.Cause


LOCKED = "The document date cannot be before the {} lock date, currently set at 30-Nov-2018"
ARCHIVED = (
    "The specified contact details matched an archived contact. "
    "Archived contacts cannot currently be edited via the API."
)
TAKEN = (
    "The contact name Ada is already assigned to another contact. "
    "The contact name must be unique across all active contacts."
)
SETTLED = "This document cannot be edited as it has a payment or credit note allocated to it."
NO_VOID = (
    "The status VOIDED cannot be applied to the invoice "
    "because it has payments or credit notes allocated to it."
)


@pytest.mark.parametrize(
    ("said", "cause", "subject"),
    [
        (LOCKED.format("period"), Cause.LOCK_DATE, "2018-11-30"),
        (LOCKED.format("end of year"), Cause.LOCK_DATE, "2018-11-30"),
        ("Account code '999' is not a valid code for this document.", Cause.ACCOUNT_CODE, "999"),
        ("The TaxType code 'OUTPUT9' cannot be used with account code '200'", Cause.TAX_TYPE, "OUTPUT9"),
        (ARCHIVED, Cause.ARCHIVED_CONTACT, "Ada"),
        (TAKEN, Cause.CONTACT, "Ada"),
        ("A Contact must be specified for this type of transaction", Cause.CONTACT, "Ada"),
        ("Invoice # must be unique.", Cause.NUMBER, ""),
        ("Organisation is not subscribed to currency EUR", Cause.CURRENCY, "EUR"),
        (SETTLED, Cause.STATUS, ""),
        (NO_VOID, Cause.STATUS, ""),
        ("Invoice not of valid status for modification", Cause.STATUS, ""),
        ("Something nobody has seen before", Cause.VALIDATION, "Something nobody has seen before"),
    ],
)
def test_each_text_has_its_cause_and_subject(said: str, cause: Cause, subject: str) -> None:
    refusal = refusal_of([said], contact="Ada")
    assert (refusal.cause, refusal.subject) == (cause, subject)
    assert refusal.xero_says == said


def test_our_words_name_the_subject() -> None:
    refusal = refusal_of(["Account code '999' is not a valid code for this document."])
    assert refusal.says.startswith("Account code 999 is archived or missing")


@pytest.mark.parametrize("text", ["30-Nov-2018", "2018-11-30", "30 Nov 2018"])
def test_the_lock_date_is_read_in_the_forms_that_may_come(text: str) -> None:
    found = lock_day(text)
    assert found is not None
    assert found.isoformat() == "2018-11-30"
