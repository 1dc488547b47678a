"""Why Xero refused a document, from its words: a closed table, first match counts. Pure.

Xero has no error numbers for these; the texts are those of docs/xero.md C. What matches nothing
is VALIDATION, with Xero's own words. Problems group by cause and subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sync.models import Problem

Cause = Problem.Cause


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cause, what of (an account code, a day, a contact), our words and Xero's."""

    cause: str
    subject: str
    says: str
    xero_says: str


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern over Xero's text; group 1 is the subject, unless it is the document's contact."""

    cause: Cause
    pattern: re.Pattern[str]
    says: str


def _row(cause: Cause, pattern: str, says: str) -> Row:
    return Row(cause, re.compile(pattern, re.IGNORECASE), says)


TABLE: tuple[Row, ...] = (
    _row(
        Cause.LOCK_DATE,
        r"lock date, (?:currently set at )?(\d+ \w+ \d{4}|\d[\w/-]+)",
        "The period up to {subject} is locked in Xero. Date the document later, or have the period unlocked; "
        "then it is sent by itself.",
    ),
    _row(Cause.LOCK_DATE, r"lock date()", "The period is locked in Xero."),
    _row(
        Cause.ACCOUNT_CODE,
        r"account code '([^']*)' is not a valid code",
        "Account code {subject} is archived or missing in Xero. Restore it there, or choose another.",
    ),
    _row(Cause.ACCOUNT_CODE, r"account code or id must be specified()", "A line has no account code."),
    _row(
        Cause.TAX_TYPE,
        r"tax ?type(?: code)? ?'?((?-i:[A-Z][A-Z0-9.]+))?",
        "Xero does not accept tax type {subject} with this account code. Choose another tax type.",
    ),
    _row(
        Cause.ARCHIVED_CONTACT,
        r"archived contact(?:\.|s)",
        "The contact {subject} is archived in Xero. Restore it there, or choose another contact here.",
    ),
    _row(
        Cause.CONTACT,
        r"contact",
        "Xero does not accept the contact {subject}. Check its name and address.",
    ),
    _row(
        Cause.NUMBER,
        r"must be unique|(?:invoice|credit note) ?(?:#|number)()",
        "Xero has another document with this number. Give that one another number in Xero, "
        "or let new documents take Xero’s numbers.",
    ),
    _row(
        Cause.CURRENCY,
        r"not subscribed to currency (\w+)",
        "The organisation does not use {subject} in Xero. Add the currency there.",
    ),
    _row(
        Cause.STATUS,
        r"payment or credit note allocated|payments or credit notes allocated|not of valid status()",
        "Xero no longer allows this, because of what was paid or credited there. Remove that in Xero first, "
        "or try again to choose Xero’s version.",
    ),
)
SUBJECT_IS_CONTACT = (Cause.ARCHIVED_CONTACT, Cause.CONTACT)


def refusal_of(messages: Sequence[str], *, contact: str = "") -> Refusal:
    """The cause behind Xero's messages. `contact` names the document's contact, in case it is the subject."""
    said = " ".join(messages)
    for row in TABLE:
        match = row.pattern.search(said)
        if match:
            subject = contact if row.cause in SUBJECT_IS_CONTACT else _subject(row.cause, match)
            return Refusal(row.cause.value, subject[:255], _words(row, subject), said)
    return Refusal(Cause.VALIDATION.value, said[:255], "Xero refused this document.", said)


def _subject(cause: Cause, match: re.Match[str]) -> str:
    found = match[1] if match.re.groups and match[1] else ""
    if cause == Cause.LOCK_DATE and found:
        day = lock_day(found)
        return day.isoformat() if day else found
    return found


def _words(row: Row, subject: str) -> str:
    shown = subject
    if row.cause == Cause.LOCK_DATE and re.fullmatch(r"\d{4}-\d\d-\d\d", subject):
        shown = f"{date.fromisoformat(subject):%-d %b %Y}"
    return row.says.format(subject=shown).replace("  ", " ")


def lock_day(text: str) -> date | None:
    """`30-Nov-2018`, the form of older recordings, or ISO; the form of today is not certain."""
    for form in ("%d-%b-%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None
