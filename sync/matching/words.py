"""Loads a connection's words: one query where nothing is matched."""

from collections.abc import Iterable

from integrations.models import Connection
from released.billing.models import LedgerAccount, TaxRate
from sync.matching.translating import Book, Words
from sync.models import ChartEntry, Match
from sync.models.matching import Sort


def words_of(connection: Connection) -> Words:
    rows = list(Match.objects.filter(connection=connection).order_by("ours"))
    if not rows:
        return Words()
    own = _own(connection)
    active = _active(connection)
    books = {
        sort: _book([row for row in rows if row.sort == sort], own.get(sort, ()), active[sort])
        for sort in Sort
    }
    return Words(
        accounts=books[Sort.ACCOUNT],
        tax_types=books[Sort.TAX_TYPE],
        categories=books[Sort.TRACKING_CATEGORY],
        options=books[Sort.TRACKING_OPTION],
        is_empty=False,
    )


def _book(rows: list[Match], own: Iterable[str], active: frozenset[str]) -> Book:
    """Back to the first of several; but to one of ours that is sent as it is, if Xero's bears that name."""
    out = {row.ours: row.theirs for row in rows}
    back: dict[str, str] = {}
    for ours, theirs in out.items():
        back.setdefault(theirs, ours)
    as_they_are = {word for word in {*own, *out} if out.get(word, word) == word}
    return Book(out, back | {word: word for word in as_they_are}, active)


def _own(connection: Connection) -> dict[str, list[str]]:
    """What the company's own chart calls something."""
    accounts = LedgerAccount.objects.filter(company=connection.company_id)
    rates = TaxRate.objects.filter(company=connection.company_id)
    return {
        Sort.ACCOUNT: list(accounts.values_list("code", flat=True)),
        Sort.TAX_TYPE: list(rates.values_list("tax_type", flat=True)),
    }


def _active(connection: Connection) -> dict[Sort, frozenset[str]]:
    rows = ChartEntry.objects.filter(connection=connection, is_active=True).exclude(detail__has_key="refused")
    found: dict[Sort, set[str]] = {sort: set() for sort in Sort}
    for sort, key in rows.values_list("sort", "key"):
        found[Sort(sort)].add(key)
    return {sort: frozenset(keys) for sort, keys in found.items()}
