"""What Xero would refuse of what waits, counted by cause before anything is sent.

Made of what is stored: no call to Xero. What is not known is not counted, and nothing here holds
anything back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from integrations.models import Connection
from released.billing.models import Document, LineItem
from released.web.words import day_text
from sync.conditions import CHANGED, KEPT_OUT, NEVER_THERE, awaits_a_person, shared_since
from sync.matching.both_sides import ARCHIVED, MISSING, BothSides, both_sides, item_of
from sync.matching.suggesting import Item
from sync.models import Problem
from sync.models.matching import Sort
from sync.preview import first_open_day

Cause = Problem.Cause
MATCHING, DATE, CONTACTS, XERO = "matching", "date", "contacts", "xero"
NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause. `cure` is where it is cured: on the "matching" page, by another "date", with the "contacts"
    in Xero, or in "xero" itself. Not `is_certain`: it depends on what we don't know of the organisation.
    """

    cause: str
    documents: int
    says: str
    subjects: tuple[str, ...]
    cure: str
    is_certain: bool = True


def preflight(connection: Connection, sync_from: date | None) -> tuple[Finding, ...]:
    """Of what would wait with this date, None for all time; the most documents first. Ten queries at most."""
    waiting = waiting_with(connection, sync_from)
    if not waiting.exists():
        return ()
    sides, pairs = both_sides(connection), _pairs(waiting)
    found = [
        _codes(sides, waiting, Sort.ACCOUNT, {account for account, _ in pairs}),
        _codes(sides, waiting, Sort.TAX_TYPE, {tax_type for _, tax_type in pairs}),
        _combinations(sides, waiting, pairs),
        _currencies(connection, waiting),
        _locked(connection, waiting),
        _archived_contacts(waiting),
    ]
    return tuple(sorted((one for one in found if one), key=lambda one: -one.documents))


def _pairs(waiting: QuerySet[Document]) -> set[tuple[str, str]]:
    """(account code, tax type) of their lines: one pass, which everything about codes is asked of."""
    return set(_lines(waiting).values_list("account_code", "tax_type").distinct())


def waiting_with(connection: Connection, sync_from: date | None) -> QuerySet[Document]:
    """As `sync.preview` counts it."""
    inside = CHANGED if sync_from is None else CHANGED & shared_since(sync_from)
    rows = Document.objects.filter(inside, company=connection.company_id).exclude(KEPT_OUT)
    return rows.exclude(NEVER_THERE).exclude(awaits_a_person()).order_by()


def _codes(sides: BothSides, waiting: QuerySet[Document], sort: Sort, used: set[str]) -> Finding | None:
    """Not in Xero, or archived there, under the name that would be sent."""
    bad = sorted(ours for ours in used if ours and _lack(sides, sort, ours) in (MISSING, ARCHIVED))
    if not bad:
        return None
    column = "account_code" if sort == Sort.ACCOUNT else "tax_type"
    count = _documents(_lines(waiting).filter(**{f"{column}__in": bad}))
    return Finding(_cause(sort), count, _says(sort, bad), tuple(bad), MATCHING)


def _lack(sides: BothSides, sort: Sort, ours: str) -> str:
    made = sides.matches.get((sort, ours))
    return sides.lack(sort, made.theirs if made else ours, Item(ours))


def _combinations(
    sides: BothSides, waiting: QuerySet[Document], pairs: set[tuple[str, str]]
) -> Finding | None:
    """Xero refuses a tax type of sales with an account of expenses, and the other way round."""
    bad = sorted(pair for pair in pairs if all(pair) and not _go_together(sides, *pair))
    if not bad:
        return None
    wrong = Q(pk__in=[])
    for code, tax_type in bad:
        wrong |= Q(account_code=code, tax_type=tax_type)
    named = tuple(f"{tax_type} with {code}" for code, tax_type in bad)
    says = f"{_listed(named)} can’t be used together in Xero."
    return Finding(Cause.TAX_TYPE, _documents(_lines(waiting).filter(wrong)), says, named, MATCHING)


def _go_together(sides: BothSides, code: str, tax_type: str) -> bool:
    """True wherever either is not known; what is missing or archived is told by itself."""
    rows = []
    for sort, ours in ((Sort.ACCOUNT, code), (Sort.TAX_TYPE, tax_type)):
        made = sides.matches.get((sort, ours))
        entry = sides.entries.get((sort, made.theirs if made else ours))
        if entry is None or not entry.is_active:
            return True
        rows.append(item_of(entry).sides)
    account, rate = rows
    return not account or not rate or account <= rate


def _currencies(connection: Connection, waiting: QuerySet[Document]) -> Finding | None:
    """Which further currencies an organisation uses we don't read, so this may be no refusal at all."""
    own = connection.base_currency
    if not own:
        return None
    others = waiting.exclude(currency=own)
    names = sorted(set(others.values_list("currency", flat=True)))
    if not names:
        return None
    says = f"{_listed(names)} is refused unless it has been added in Xero; the organisation’s own is {own}."
    return Finding(Cause.CURRENCY, others.count(), says, tuple(names), XERO, is_certain=False)


def _locked(connection: Connection, waiting: QuerySet[Document]) -> Finding | None:
    first = first_open_day(connection)
    locked = waiting.filter(date__lt=first) if first else waiting.none()
    count = locked.count()
    if not count or first is None:
        return None
    says = f"The time before {day_text(first)} is locked in Xero."
    return Finding(Cause.LOCK_DATE, count, says, (first.isoformat(),), DATE)


def _archived_contacts(waiting: QuerySet[Document]) -> Finding | None:
    rows = waiting.filter(contact__is_archived=True, contact__link__xero_id__isnull=False)
    names = sorted(set(rows.values_list("contact__name", flat=True)))
    if not names:
        return None
    says = f"{_listed(names)} {'is' if len(names) == 1 else 'are'} archived in Xero."
    return Finding(Cause.ARCHIVED_CONTACT, rows.count(), says, tuple(names), CONTACTS)


def _lines(waiting: QuerySet[Document]) -> QuerySet[LineItem]:
    return LineItem.objects.filter(document__in=waiting.values("pk")).order_by()


def _documents(lines: QuerySet[LineItem]) -> int:
    return lines.values("document").distinct().count()


def _cause(sort: Sort) -> str:
    return Cause.ACCOUNT_CODE if sort == Sort.ACCOUNT else Cause.TAX_TYPE


def _says(sort: Sort, bad: Iterable[str]) -> str:
    names = sorted(bad)
    what = "Account" if sort == Sort.ACCOUNT else "Tax type"
    many = "" if len(names) == 1 else "s"
    return f"{what}{many} {_listed(names)} {'are' if many else 'is'} missing or archived in Xero."


def _listed(names: Iterable[str]) -> str:
    """200, 260 and 3 more."""
    every = sorted(names)
    shown = every if len(every) <= NAMED else [*every[: NAMED - 1], f"{len(every) - NAMED + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
