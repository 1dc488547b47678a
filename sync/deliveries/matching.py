"""Which element of Xero's answer belongs to which item: by identity, never by position alone. Pure.

An element that is refused echoes what was asked for, so it carries the same identity: Xero's id for what
exists there, our address for a new invoice, the name for a new contact. A new credit note has none of these,
and an answer may leave our address out: then the content must fit, and fit nothing else. Two that nothing
tells apart go by position only where it makes no difference, because no address of ours tells them apart in
Xero either. What is not certain stays open, and is asked for again or looked up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sync.deliveries.contents import Content, Element, content_of, is_alike
from sync.wire.values import records_of

IDS = ("InvoiceID", "CreditNoteID", "ContactID")
NO_ID = "00000000-0000-0000-0000-000000000000"
Belongs = Callable[["Expected", Element], bool]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an item's element must look like. `marks` identify, `content` must fit where no mark does.

    `same` is equal for items that were sent with nothing to tell them apart.
    """

    marks: frozenset[str]
    content: Content = field(default_factory=dict)
    same: str = ""


def match(expected: Sequence[Expected], elements: Sequence[Element]) -> list[Element | None]:
    """For each item its element, or None where it is not certain."""
    found: list[Element | None] = [None] * len(expected)
    left = dict(enumerate(_once(elements)))
    _assign(found, left, expected, _marked)
    _assign(found, left, expected, _fits)
    return found


def messages_of(element: Element) -> list[str]:
    """Why Xero refused this element; empty when it did not."""
    said = [str(error.get("Message") or "") for error in records_of(element, "ValidationErrors")]
    refused = element.get("HasErrors") is True or element.get("StatusAttributeString") == "ERROR"
    if not refused and not said:
        return []
    return [one for one in said if one] or ["Xero gave no reason."]


def marks_of(element: Element) -> set[str]:
    """An element's identity: its document's or contact's id, our address, a contact's name."""
    marks = {str(element[name]).lower() for name in _own_ids(element) if element.get(name)} - {NO_ID}
    if element.get("Url"):
        marks.add(str(element["Url"]))
    if "Type" not in element and element.get("Name"):
        marks.add(str(element["Name"]).strip().lower())
    return marks


def _once(elements: Sequence[Element]) -> list[Element]:
    """An answer that holds one and the same document twice says nothing new by it."""
    found: list[Element] = []
    for element in elements:
        ids = _ids(element)
        if not ids or not any(ids == _ids(other) for other in found):
            found.append(element)
    return found


def _assign(
    found: list[Element | None], left: dict[int, Element], expected: Sequence[Expected], belongs: Belongs
) -> None:
    """Only what belongs together both ways, and with nothing else."""
    for item, element in list(_certain(found, left, expected, belongs)):
        found[item] = left.pop(element)


def _certain(
    found: list[Element | None], left: Mapping[int, Element], expected: Sequence[Expected], belongs: Belongs
) -> Iterator[tuple[int, int]]:
    open_ones = [at for at, element in enumerate(found) if element is None]
    fitting = {at: [key for key, one in left.items() if belongs(expected[at], one)] for at in open_ones}
    settled: set[int] = set()
    for at in open_ones:
        rivals = [other for other in open_ones if set(fitting[other]) & set(fitting[at])]
        if at in settled or not fitting[at] or not _are_interchangeable(rivals, expected):
            continue
        if len(fitting[at]) <= len(rivals):
            settled |= set(rivals)
            yield from zip(rivals, fitting[at], strict=False)


def _are_interchangeable(items: Sequence[int], expected: Sequence[Expected]) -> bool:
    """One alone, or several without any mark that were sent alike to the letter."""
    first = expected[items[0]]
    return len(items) == 1 or (not first.marks and all(expected[at] == first for at in items))


def _marked(one: Expected, element: Element) -> bool:
    return bool(one.marks & marks_of(element))


def _fits(one: Expected, element: Element) -> bool:
    if not one.content or (one.marks and element.get("Url")):
        return False
    return is_alike(one.content, content_of(element))


def _ids(element: Element) -> set[str]:
    return {str(element[name]).lower() for name in _own_ids(element) if element.get(name)} - {NO_ID}


def _own_ids(element: Element) -> tuple[str, ...]:
    """A document's ContactID is not its own."""
    return IDS[:2] if "Type" in element or "InvoiceID" in element or "CreditNoteID" in element else IDS
