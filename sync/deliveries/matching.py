"""Which element of Xero's answer belongs to which item: by identity, never by position alone. Pure.

An element that is refused echoes what was asked for, so it carries the same identity: Xero's id
for what exists there, our address for a new invoice, the name for a new contact. A new credit
note has none of these, and an answer may leave our address out: then the content must fit, and
the position only decides between equals.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.wire.values import UnreadableRecord, day_of

Element = Mapping[str, Any]
IDS = ("InvoiceID", "CreditNoteID", "ContactID")


@dataclass(frozen=True, slots=True)
class Expected:
    """What an item's element must look like. `marks` identify, `content` must fit where no mark does."""

    marks: frozenset[str]
    content: Mapping[str, str]


def match(expected: Sequence[Expected], elements: Sequence[Element]) -> list[Element | None]:
    """For each item its element, or None where it is not certain."""
    found: list[Element | None] = [None] * len(expected)
    left = dict(enumerate(elements))
    _assign(found, left, expected, _marked)
    _assign(found, left, expected, _fits)
    return found


def messages_of(element: Element) -> list[str]:
    """Why Xero refused this element; empty when it did not."""
    errors = [error for error in element.get("ValidationErrors") or [] if isinstance(error, Mapping)]
    said = [str(error.get("Message") or "") for error in errors]
    refused = element.get("HasErrors") is True or element.get("StatusAttributeString") == "ERROR"
    if not refused and not said:
        return []
    return [one for one in said if one] or ["Xero gave no reason."]


def _assign(
    found: list[Element | None],
    left: dict[int, Element],
    expected: Sequence[Expected],
    belongs: Callable[[Expected, Element], bool],
) -> None:
    for position, one in enumerate(expected):
        if found[position] is not None:
            continue
        candidates = [index for index, element in left.items() if belongs(one, element)]
        chosen = position if position in candidates else candidates[0] if len(candidates) == 1 else None
        if chosen is not None:
            found[position] = left.pop(chosen)


def _marked(one: Expected, element: Element) -> bool:
    return bool(one.marks & marks_of(element))


def _fits(one: Expected, element: Element) -> bool:
    if not one.content or (one.marks and element.get("Url")):
        return False
    content = content_of(element)
    return all(content.get(name) == value for name, value in one.content.items())


def marks_of(element: Element) -> set[str]:
    """An element's identity: its document's or contact's id, our address, a contact's name."""
    marks = {str(element[name]).lower() for name in IDS if element.get(name) and name in _own_ids(element)}
    if element.get("Url"):
        marks.add(str(element["Url"]))
    if "Type" not in element and element.get("Name"):
        marks.add(str(element["Name"]).strip().lower())
    return marks


def content_of(element: Element) -> dict[str, str]:
    contact = element.get("Contact") or {}
    lines = element.get("LineItems") or []
    return {
        "contact": str(contact.get("ContactID", "")).lower(),
        "reference": str(element.get("Reference") or ""),
        "type": str(element.get("Type") or ""),
        "date": _day(element),
        "lines": " | ".join(str(line.get("Description") or "").strip() for line in lines),
    }


def _day(element: Element) -> str:
    try:
        day = day_of(element, "Date")
    except UnreadableRecord:
        return ""
    return day.isoformat() if day else ""


def _own_ids(element: Element) -> tuple[str, ...]:
    """A document's ContactID is not its own."""
    return IDS[:2] if "Type" in element or "InvoiceID" in element or "CreditNoteID" in element else IDS
