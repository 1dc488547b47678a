"""Xero's words sorted into causes; each row with a text that was really seen."""

import pytest

from sync.causes import TABLE, lock_day, refusal_of
from sync.models import Problem

Cause = Problem.Cause


LOCKED = "The document date cannot be before the {} lock date, currently set at 30-Nov-2018"
PERIOD = "The document date cannot be before the period lock date, currently set at {}"
YEAR = "The document date cannot be before the end of year lock date, currently set at {}"
EDITED = "The document cannot be edited as its date is before the period lock date, {}"
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


@pytest.mark.parametrize(
    "text", ["30-Nov-2018", "2018-11-30", "30 Nov 2018", "30 November 2018", "30/11/2018"]
)
def test_the_lock_date_is_read_in_the_forms_that_may_come(text: str) -> None:
    found = lock_day(text)
    assert found is not None
    assert found.isoformat() == "2018-11-30"


@pytest.mark.parametrize("text", ["", "sometime", "31-Nov-2018", "11/30/2018", "2018", "30-Nov-18"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert lock_day(text) is None


@pytest.mark.parametrize(
    ("said", "subject", "shown"),
    [
        ([PERIOD.format("30 September 2026")], "2026-09-30", "up to 30 Sep 2026 is locked"),
        ([PERIOD.format("30-Nov-2018")], "2018-11-30", "up to 30 Nov 2018 is locked"),
        ([PERIOD.format("2026-09-30")], "2026-09-30", "up to 30 Sep 2026 is locked"),
        ([PERIOD.format("30-Sep-2026"), YEAR.format("20-Sep-2026")], "2026-09-30", "up to 30 Sep 2026"),
        ([YEAR.format("20-Sep-2026")], "2026-09-20", "up to 20 Sep 2026 is locked"),
        ([EDITED.format("30 September 2026")], "2026-09-30", "up to 30 Sep 2026 is locked"),
        ([EDITED.format("30-Nov-2018")], "2018-11-30", "up to 30 Nov 2018 is locked"),
        ([PERIOD.format("sometime soon")], "", "The period is locked in Xero."),
        (["It is behind the lock date."], "", "The period is locked in Xero."),
    ],
)
def test_a_lock_is_named_by_its_day_in_whatever_form(said: list[str], subject: str, shown: str) -> None:
    """By one and the same subject, so that the same lock is one problem, released when that day moves."""
    refusal = refusal_of(said)
    assert (refusal.cause, refusal.subject) == (Cause.LOCK_DATE, subject)
    assert shown in refusal.says


@pytest.mark.parametrize(
    ("said", "cause", "subject", "says"),
    [
        ("Account code or ID must be specified.", Cause.ACCOUNT_CODE, "", "A line has no account code."),
        ("The TaxType field is mandatory", Cause.TAX_TYPE, "", "accept tax type with this"),
        ("Credit Note number already exists.", Cause.NUMBER, "", "another document with this number"),
        ("Invoice #INV-1 must be unique.", Cause.NUMBER, "", "another document with this number"),
        ("Organisation is not subscribed to currency EUR", Cause.CURRENCY, "EUR", "does not use EUR"),
        ("ARCHIVED CONTACTS cannot be edited", Cause.ARCHIVED_CONTACT, "Ada", "Ada is archived"),
        (SETTLED, Cause.STATUS, "", "Remove that in Xero first, or try again to choose Xero’s version."),
    ],
)
def test_each_row_says_what_to_do(said: str, cause: Cause, subject: str, says: str) -> None:
    refusal = refusal_of([said], contact="Ada")
    assert (refusal.cause, refusal.subject) == (cause, subject)
    assert says in refusal.says


def test_every_row_of_the_table_is_met_by_a_text_here() -> None:
    texts = [LOCKED.format("period"), "lock date", "account code '9' is not a valid code", TAKEN, ARCHIVED]
    texts += ["account code or id must be specified", "tax type 'X'", "must be unique", SETTLED]
    texts += ["not subscribed to currency EUR"]
    first = [next(row for row in TABLE if row.pattern.search(text)) for text in texts]
    assert {id(row) for row in first} == {id(row) for row in TABLE}


@pytest.mark.parametrize("said", [[], [""], ["x" * 9000], ["{subject} {0} %s"], ["Ünbekannt 未知"]])
def test_what_nobody_has_seen_is_shown_as_said_and_fits(said: list[str]) -> None:
    refusal = refusal_of(said, contact="Ada")
    assert refusal.cause == Cause.VALIDATION
    assert refusal.subject == " ".join(said)[:255]
    assert refusal.xero_says == " ".join(said)
    assert len(refusal.says) <= 500
