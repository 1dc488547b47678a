"""Where the matching of a connection stands: what documents use, what Xero calls it, what is open.

Made of what is stored, without a call to Xero. Nothing here holds anything back: what is not
matched is sent as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrations.models import Connection
from sync.conditions import CHANGED
from sync.matching.both_sides import BothSides, both_sides
from sync.matching.chart import option_of
from sync.matching.suggesting import Item, Suggestion, suggest
from sync.matching.usage import Used, Word, approved, sharable, usage_of
from sync.models import ChartReading, ContactLink, Match, NearContact
from sync.models.matching import Sort

How = Match.How
PLURALS = {
    Sort.ACCOUNT: ("account", "accounts"),
    Sort.TAX_TYPE: ("tax type", "tax types"),
    Sort.TRACKING_CATEGORY: ("tracking category", "tracking categories"),
    Sort.TRACKING_OPTION: ("tracking option", "tracking options"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of Xero's that can be chosen. `label` names it for people, `side` is income, expense or neither."""

    key: str
    label: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One word of ours. `theirs` is what is sent for it, `how` why; no `how`: nobody has decided yet.

    `lack` says why it can't be sent as it stands: "missing" in Xero, "archived" there, or of the
    other "side" (income, expense); empty when it can, or when the chart is not known.
    """

    sort: str
    ours: str
    name: str
    documents: int
    theirs: str
    theirs_name: str = ""
    how: str = ""
    lack: str = ""
    suggestion: Suggestion | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def is_open(self) -> bool:
        """Somebody has something to choose. With nothing to choose from there is nothing to decide."""
        return not self.how and bool(self.choices)

    @property
    def label(self) -> str:
        """Ours, for people."""
        return label_of(self.sort, self.ours, self.name)


@dataclass(frozen=True, slots=True)
class Counted:
    total: int = 0
    open: int = 0


@dataclass(frozen=True)
class MatchingState:
    """`reading` is None until the chart was asked for. `near` are contacts to be linked or kept apart."""

    rows: tuple[Row, ...]
    near: tuple[NearContact, ...]
    is_blank: bool
    reading: ChartReading | None
    counts: Mapping[str, Counted] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        """Whether anything is known of Xero's chart."""
        return self.reading is not None and bool(self.reading.sorts)

    @property
    def needs_person(self) -> bool:
        return not self.is_blank and (any(row.is_open for row in self.rows) or bool(self.near))

    def of(self, sort: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.sort == sort)

    @property
    def says(self) -> str:
        """“12 accounts, 9 tax types, all matched”; empty when nothing is used yet."""
        told = [_counted(sort, self.counts[sort].total) for sort in Sort if sort in self.counts]
        if not told:
            return ""
        left = sum(one.open for one in self.counts.values()) + len(self.near)
        return ", ".join([*told, f"{left} to decide" if left else "all matched"])


def state_of(connection: Connection, *, counted: bool = True) -> MatchingState:
    """A dozen queries, whatever the number of documents.

    Without `counted` the rows don't tell how many documents use them, which is most of the work.
    """
    sides = both_sides(connection)
    used = usage_of(sharable(connection), counted=counted)
    waiting = usage_of(sharable(connection).filter(CHANGED), counted=False)
    rows = tuple(_row(sides, word, used[word], word in waiting) for word in sorted(used, key=_place))
    return MatchingState(
        rows=rows,
        near=tuple(near_of(connection)),
        is_blank=not approved(connection).exists(),
        reading=sides.reading,
        counts=_counts(rows),
    )


def near_of(connection: Connection) -> list[NearContact]:
    """Pairs of contacts that wait for a decision, of which neither is linked in another way by now."""
    linked = ContactLink.objects.filter(connection=connection, xero_id__isnull=False)
    rows = NearContact.objects.filter(connection=connection, decision=NearContact.Decision.OPEN)
    rows = rows.exclude(contact__in=linked.values("contact")).exclude(xero_id__in=linked.values("xero_id"))
    return list(rows.filter(contact__is_archived=False).select_related("contact"))


def _row(sides: BothSides, word: Word, used: Used, is_waiting: bool) -> Row:
    sort, ours = word
    mine = sides.ours(word, used.sides)
    made = sides.matches.get(word)
    found = suggest(sort, mine, sides.offered(word)) if sides.is_known(sort) else None
    theirs = made.theirs if made else ours
    return Row(
        sort=sort,
        ours=ours,
        name=mine.name,
        documents=used.documents,
        theirs=theirs,
        theirs_name=sides.name_of(sort, theirs),
        how=made.how if made else _exactly(found, is_waiting and sides.is_known(sort)),
        lack=sides.lack(sort, theirs, mine),
        suggestion=found,
        choices=tuple(_choice(sort, one) for one in sides.offered(word)),
    )


def _exactly(found: Suggestion | None, is_asked: bool) -> str:
    """Nothing is open about a sort that nothing is known of, nor about what only stands in Xero already."""
    if found is not None and found.is_exact:
        return How.EXACT
    return "" if is_asked else How.KEPT


def _choice(sort: str, one: Item) -> Choice:
    side = next(iter(one.sides)) if len(one.sides) == 1 else ""
    return Choice(one.key, label_of(sort, one.key, one.name), side)


def label_of(sort: str, key: str, name: str) -> str:
    """People know accounts by their code and tax types by their name."""
    if sort == Sort.TRACKING_OPTION:
        return ": ".join(option_of(key))
    if not name or name == key:
        return key
    return f"{name} ({key})" if sort == Sort.TAX_TYPE else f"{key} {name}"


def _place(word: Word) -> tuple[int, str]:
    return list(Sort).index(Sort(word[0])), word[1]


def _counts(rows: tuple[Row, ...]) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    for row in rows:
        before = found.get(row.sort, Counted())
        found[row.sort] = Counted(before.total + 1, before.open + row.is_open)
    return found


def _counted(sort: Sort, count: int) -> str:
    one, many = PLURALS[sort]
    return f"{count} {one if count == 1 else many}"
