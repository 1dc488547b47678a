"""Our words and Xero's side by side: loaded once, then asked without a query."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from integrations.models import Connection
from released.billing.models import LedgerAccount, TaxRate
from sync.matching.chart import SIDES, option_of
from sync.matching.reading import reading_of
from sync.matching.suggesting import EXPENSE, INCOME, Item, fits, suggest
from sync.matching.usage import Word
from sync.models import ChartEntry, ChartReading, Match
from sync.models.matching import Sort

MISSING, ARCHIVED, SIDE = "missing", "archived", "side"


@dataclass(frozen=True)
class BothSides:
    """`charted` are our own names of accounts and tax types, as items without sides of documents."""

    reading: ChartReading | None
    entries: Mapping[Word, ChartEntry]
    theirs: Mapping[str, list[Item]]
    charted: Mapping[Word, Item]
    matches: Mapping[Word, Match]

    def is_known(self, sort: str) -> bool:
        """Whether the whole of Xero's list was read once: only then something can be missing in it."""
        return self.reading is not None and sort in self.reading.sorts

    def ours(self, word: Word, sides: frozenset[str]) -> Item:
        """With the sides of the documents that use it."""
        sort, key = word
        known = self.charted.get(word)
        if known is not None:
            return Item(key, known.name, sides, known.rate)
        return Item(key, option_of(key)[1] if sort == Sort.TRACKING_OPTION else key, sides)

    def offered(self, word: Word) -> list[Item]:
        """Xero's active ones; of an option those of its category in Xero, if that is known."""
        sort, key = word
        every = self.theirs.get(sort, [])
        if sort != Sort.TRACKING_OPTION:
            return every
        wanted = self._category(option_of(key)[0])
        return [one for one in every if option_of(one.key)[0] == wanted] or every

    def _category(self, ours: str) -> str:
        word = (Sort.TRACKING_CATEGORY, ours)
        made = self.matches.get(word)
        if made is not None:
            return made.theirs
        found = suggest(Sort.TRACKING_CATEGORY, Item(ours, ours), self.theirs.get(Sort.TRACKING_CATEGORY, []))
        return found.theirs if found else ours

    def name_of(self, sort: str, key: str) -> str:
        entry = self.entries.get((sort, key))
        return entry.name if entry else ""

    def lack(self, sort: str, theirs: str, ours: Item) -> str:
        """Why what would be sent can't be used there; empty when it can, or nobody knows."""
        if not self.is_known(sort):
            return ""
        entry = self.entries.get((sort, theirs))
        if entry is None:
            return MISSING
        if not entry.is_active or "refused" in entry.detail:
            return ARCHIVED
        return "" if fits(ours, item_of(entry)) else SIDE


def both_sides(connection: Connection) -> BothSides:
    rows = {(row.sort, row.key): row for row in ChartEntry.objects.filter(connection=connection)}
    theirs: dict[str, list[Item]] = {}
    for row in rows.values():
        if row.is_active and "refused" not in row.detail:
            theirs.setdefault(row.sort, []).append(item_of(row))
    made = {(row.sort, row.ours): row for row in Match.objects.filter(connection=connection)}
    return BothSides(reading_of(connection), rows, theirs, _charted(connection), made)


def item_of(entry: ChartEntry) -> Item:
    detail = entry.detail
    if entry.sort == Sort.ACCOUNT:
        side = SIDES.get(detail.get("class", ""))
        return Item(entry.key, entry.name, frozenset({side} if side else ()))
    if entry.sort == Sort.TAX_TYPE:
        sides = frozenset(side for side in (INCOME, EXPENSE) if detail.get(side))
        return Item(entry.key, entry.name, sides, Decimal(detail["rate"]) if "rate" in detail else None)
    return Item(entry.key, entry.name)


def _charted(connection: Connection) -> dict[Word, Item]:
    found: dict[Word, Item] = {}
    for account in LedgerAccount.objects.filter(company=connection.company_id):
        found[Sort.ACCOUNT, account.code] = Item(account.code, account.name)
    for rate in TaxRate.objects.filter(company=connection.company_id):
        found[Sort.TAX_TYPE, rate.tax_type] = Item(rate.tax_type, rate.name, rate=rate.rate)
    return found
