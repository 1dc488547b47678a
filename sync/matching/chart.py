"""Xero's accounts, tax rates and tracking as we keep them (docs/xero.md C26). Pure.

Lenient: a record that lacks its code says nothing, and a key that is absent is not known. A sort
whose list could not be read, or is empty where no organisation's is, is not known at all: nothing
is called missing because of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sync.canonical import text
from sync.models.matching import Sort
from sync.wire.values import records_of

ACTIVE = "ACTIVE"
SIDES = {"REVENUE": "income", "EXPENSE": "expense"}
BANK = "BANK"  # no document can be booked to it
BETWEEN = "\x1f"
LONGEST, NUL = 255, "\x00"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of `ChartEntry`, without its connection."""

    sort: str
    key: str
    name: str
    is_active: bool
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chart:
    """What could be read: its entries, and the sorts that they are the whole of. `says` why not more."""

    entries: tuple[Entry, ...] = ()
    sorts: frozenset[str] = frozenset()
    says: str = ""


def accounts(records: Iterable[Any]) -> list[Entry]:
    """Those with a code; lines carry nothing else."""
    return _known(_account(record) for record in records if isinstance(record, Mapping))


def tax_types(records: Iterable[Any]) -> list[Entry]:
    return _known(_tax_type(record) for record in records if isinstance(record, Mapping))


def tracking(records: Iterable[Any]) -> list[Entry]:
    """Categories, each followed by its options."""
    return _known(entry for record in records if isinstance(record, Mapping) for entry in _category(record))


def option_key(category: str, option: str) -> str:
    return f"{category}{BETWEEN}{option}"


def option_of(key: str) -> tuple[str, str]:
    """(category, option) of an option's key."""
    category, _, option = key.partition(BETWEEN)
    return category, option


def _known(entries: Iterable[Entry]) -> list[Entry]:
    """The first of each key; what is too long to be kept is left out."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.key.strip(BETWEEN) and len(entry.key) <= LONGEST and _is_storable(entry):
            found.setdefault((entry.sort, entry.key), entry)
    return list(found.values())


def _is_storable(entry: Entry) -> bool:
    """No column holds a NUL."""
    return not any(NUL in str(value) for value in (entry.key, entry.name, *entry.detail.values()))


def _account(record: Mapping[str, Any]) -> Entry:
    kind = _word(record.get("Type")).upper()
    return Entry(
        Sort.ACCOUNT,
        _word(record.get("Code")),
        _word(record.get("Name"))[:LONGEST],
        _is_active(record) and kind != BANK,
        {
            "class": _word(record.get("Class")).upper(),
            "type": kind,
            "updated": _word(record.get("UpdatedDateUTC")),
        },
    )


def _tax_type(record: Mapping[str, Any]) -> Entry:
    """Where Xero doesn't say what it can be applied to, it is not known, and nothing is suggested."""
    rate = _rate(record.get("EffectiveRate", record.get("DisplayTaxRate")))
    detail: dict[str, Any] = {} if rate is None else {"rate": format(rate.normalize(), "f")}
    for name, key in (("CanApplyToRevenue", "income"), ("CanApplyToExpenses", "expense")):
        if isinstance(record.get(name), bool):
            detail[key] = record[name]
    return Entry(
        Sort.TAX_TYPE,
        _word(record.get("TaxType")),
        _word(record.get("Name"))[:LONGEST],
        _is_active(record),
        detail,
    )


def _category(record: Mapping[str, Any]) -> list[Entry]:
    name, alive = _word(record.get("Name")), _is_active(record)
    rows = [(_word(one.get("Name")), _is_active(one)) for one in records_of(record, "Options")]
    return [Entry(Sort.TRACKING_CATEGORY, name, name[:LONGEST], alive)] + [
        Entry(Sort.TRACKING_OPTION, option_key(name, option), option[:LONGEST], alive and is_active)
        for option, is_active in rows
        if option
    ]


def _word(given: object) -> str:
    """A text, or a number written without its quotes; anything else is none."""
    return text(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""


def _is_active(record: Mapping[str, Any]) -> bool:
    return _word(record.get("Status") or ACTIVE).upper() == ACTIVE


def _rate(given: object) -> Decimal | None:
    try:
        found = Decimal(str(given))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
