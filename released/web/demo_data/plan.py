"""Every document of one company, decided from the day it is. Pure; the same day gives the same documents."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from released.billing.models import Kind, Status
from released.web.demo_data.estates import Estate, Let
from released.web.demo_data.outgoings import OUTGOINGS, Outgoing


@dataclass(frozen=True)
class Line:
    """One line, priced without tax."""

    description: str
    amount: Decimal
    account_code: str
    tax_type: str


@dataclass(frozen=True)
class Entry:
    """One document to be."""

    kind: Kind
    contact: str
    date: datetime.date
    due_date: datetime.date | None
    reference: str
    lines: tuple[Line, ...]
    unit: str = ""
    status: Status = Status.AUTHORISED


def entries(estate: Estate, today: datetime.date) -> list[Entry]:
    """All documents of a company up to today, oldest first, with a few drafts and voided ones among them."""
    made = [
        *(rent(estate, let, month) for month in months(today, estate.months) for let in estate.lets()),
        *(bill(estate, outgoing, day, back) for outgoing, day, back in _bills(estate, today)),
        *_credits(estate, today),
    ]
    past = sorted((one for one in made if one.date <= today), key=lambda one: (one.date, one.contact))
    return [*(_fate(place, one, len(past)) for place, one in enumerate(past))]


def months(today: datetime.date, back: int) -> Iterator[datetime.date]:
    """The first day of this month and of those before it, newest first."""
    for ago in range(back):
        year, month = divmod(today.year * 12 + today.month - 1 - ago, 12)
        yield datetime.date(year, month + 1, 1)


def rent(estate: Estate, let: Let, month: datetime.date) -> Entry:
    """A month's rent, with the parking space where there is one."""
    day = month.replace(day=let.day)
    tax_type = "OUTPUT2" if let.is_business else "EXEMPTOUTPUT"
    lines = [Line(f"Rent, {let.unit}, {month:%B %Y}", let.rent, "200", tax_type)]
    if let.has_parking:
        lines.append(Line(f"Parking space P{let.unit.split()[1]}", Decimal("45.00"), "260", "OUTPUT2"))
    if let.is_business:
        lines.append(Line(f"Heating recharge, {let.unit}", Decimal("62.40"), "260", "RROUTPUT"))
    reference = f"{estate.code}{let.unit.split()[1]} {month:%b %Y} rent"
    due = day + datetime.timedelta(days=14)
    return Entry(Kind.INVOICE, let.lessee, day, due, reference, tuple(lines), let.unit)


def bill(estate: Estate, outgoing: Outgoing, day: datetime.date, back: int) -> Entry:
    """One of the regular outgoings."""
    line = Line(
        f"{outgoing.what}, {estate.building}",
        outgoing.costs(back, estate.offset),
        outgoing.account_code,
        outgoing.tax_type,
    )
    reference = f"{estate.code}-{outgoing.account_code}-{day:%y%m}"
    due = day + datetime.timedelta(days=30)
    return Entry(Kind.BILL, outgoing.supplier, day, due, reference, (line,))


def _bills(estate: Estate, today: datetime.date) -> Iterator[tuple[Outgoing, datetime.date, int]]:
    for back, month in enumerate(months(today, estate.months)):
        for outgoing in OUTGOINGS:
            if outgoing.due_in(back):
                yield outgoing, month.replace(day=outgoing.day_at(estate.offset)), back


def _credits(estate: Estate, today: datetime.date) -> Iterator[Entry]:
    """Every third month an allowance to a lessee, every fifth a supplier's own mistake."""
    lets = estate.lets()
    for back, month in zip(count(), months(today, estate.months), strict=False):
        if back % 3 == 1:
            let = lets[back % len(lets)]
            tax_type = "OUTPUT2" if let.is_business else "EXEMPTOUTPUT"
            line = Line(f"Heating allowance, {let.unit}", Decimal(60 + 15 * (back % 5)), "200", tax_type)
            reference = f"{estate.code} allowance {month:%b %Y}"
            yield Entry(
                Kind.CREDIT_NOTE, let.lessee, month.replace(day=9), None, reference, (line,), let.unit
            )
        if back % 5 == 2:
            line = Line("Visit charged twice", Decimal("120.00"), "473", "INPUT2")
            yield Entry(
                Kind.SUPPLIER_CREDIT,
                "Ferris & Cole Plumbing",
                month.replace(day=24),
                None,
                f"FC-{month:%y%m}",
                (line,),
            )


def _fate(place: int, entry: Entry, total: int) -> Entry:
    """The newest but one of every five of the last twenty stays a draft; one in ninety was voided."""
    if total - place <= 20 and place % 5 == 1:
        return replace(entry, status=Status.DRAFT)
    if place % 90 == 40:
        return replace(entry, status=Status.VOIDED)
    return entry
