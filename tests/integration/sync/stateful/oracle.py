"""Whether both sides agree, told from the sandbox’s own state and our rows, without a line of `sync.decide`.

A difference must be something that a person can see: a problem, a conflict, a candidate set aside.
"""

from collections import Counter
from decimal import Decimal
from typing import Any

from released.billing.models import Document, Kind
from sync.models import Conflict, ContactLink, DocumentLink, SetAside
from tests.integration.sync.stateful.world import ORGANISATION, World

Row = dict[str, Any]
AMOUNTS = ("total", "total_tax", "amount_due", "amount_paid")
ENDED = ("VOIDED", "DELETED")


def judge(world: World) -> list[str]:
    """What is wrong; empty when both sides agree or say in public why not."""
    rows = {row["id"]: row for row in world.rows()}
    links = list(DocumentLink.objects.filter(connection=world.connection))
    wrong = [f"in Xero twice: {one}" for one in world.sandbox.see("record")["doubles"]
             if one["organisation"] == ORGANISATION and not _on_purpose(links, one)]  # fmt: skip
    wrong += _only_there(world, rows, links)
    wrong += [said for document in _ours(world) for said in _of_document(world, document, rows)]
    return wrong


def _on_purpose(links: list[DocumentLink], double: Row) -> bool:
    """A person chose ours over what had ended in Xero, so it was made anew there."""
    former = {one for link in links for one in link.former_ids}
    return len(set(double["ids"]) - former) < 2


def _ours(world: World) -> list[Document]:
    rows = Document.objects.filter(company=world.connection.company).select_related("link", "link__problem")
    found = list(rows.prefetch_related("line_items"))
    world.tally.documents += len(found)
    return found


def _only_there(world: World, rows: dict[str, Row], links: list[DocumentLink]) -> list[str]:
    known = {str(link.xero_id) for link in links} | {one for link in links for one in link.former_ids}
    aside = set(SetAside.objects.filter(connection=world.connection).values_list("xero_id", flat=True))
    wrong = []
    for xero_id in rows.keys() - known - aside:
        row = rows[xero_id]
        if row["created_by_app"] and xero_id not in world.typed:
            wrong.append(f"made in Xero by us and forgotten: {row}")
        elif row["status"] in ("AUTHORISED", "PAID") and _in_range(world, row["date"]):
            wrong.append(f"in Xero and not here: {row}")
    return wrong


def _of_document(world: World, document: Document, rows: dict[str, Row]) -> list[str]:
    link = getattr(document, "link", None)
    row = rows.get(str(link.xero_id)) if link else None
    dates = [str(document.date), row["date"] if row else "", str(link.agreed_date or "") if link else ""]
    if (link is not None and link.excluded_at) or not any(_in_range(world, day) for day in dates):
        world.tally.ends["out of range"] += 1
        return []
    if seen := _seen(document):
        world.tally.ends[seen] += 1
        _note_owed(world, document, seen)
        return []
    if document.state.stays_here or (row is None and document.status in ENDED):
        return []
    if row is None:
        return [f"{document} is approved and not in Xero, and nobody is told"]
    world.tally.ends["agreed"] += 1
    differing = [f"{name}: here {here!r}, in Xero {there!r}" for name, here, there in _pairs(document, row)
                 if here != there]  # fmt: skip
    pending = [f"pending {document.revision} {document.shared_revision}"] if document.is_pending else []
    return [f"{document} {row['id']}: {said}" for said in differing + pending]


def _in_range(world: World, day: str) -> bool:
    start = world.connection.sync_from
    return bool(day) and (start is None or day >= start.isoformat())


def _seen(document: Document) -> str:
    """What a person is told about it, if anything."""
    if Conflict.objects.filter(document=document, resolved_at=None).exists():
        return "conflict"
    link = getattr(document, "link", None)
    problem = link.problem if link else None
    return f"problem {problem.cause}" if problem and problem.closed_at is None else ""


def _note_owed(world: World, document: Document, seen: str) -> None:
    """Whether somebody’s hands, on both sides since they last agreed, explain what is asked of people."""
    link, touches = document.link, world.touches
    if not _is_owed(world, document, seen):
        says = link.problem.says if link.problem else _clashing(document)
        held = f"here {touches.here[document.pk]} there {touches.there[str(link.xero_id)]}"
        world.tally.not_owed[f"{seen}: {says}"] += 1
        world.not_owed.append(f"not owed: {document}: {seen}: {says}: {held}")


def _is_owed(world: World, document: Document, seen: str) -> bool:
    link, touches, xero_id = document.link, world.touches, str(document.link.xero_id)
    if seen == "conflict":
        by_hand = document.pk in world.linked_by_hand
        return touches.owes_conflict(
            document.pk,
            xero_id,
            _clashing(document),
            has_base=not by_hand,
            is_bill=document.kind == Kind.BILL,
        )
    if seen == "problem status":  # else there was nobody who kept ours against a payment
        return document.pk in world.chosen and touches.owes_status(document.pk, xero_id)
    if seen == "problem ambiguous":
        candidates = SetAside.objects.filter(document=document).values_list("xero_id", flat=True)
        return any(touches.there[one] or one in world.typed for one in candidates)
    is_new, is_moved = link.xero_id is None, "contact" in touches.here[document.pk]
    is_refused = document.contact_id in world.refused and (is_new or is_moved)
    return seen == "problem validation" and (is_refused or (document.pk in world.poisoned and is_new))


def _clashing(document: Document) -> list[str]:
    found = Conflict.objects.filter(document=document, resolved_at=None).values_list("clashing", flat=True)
    return list(found[0]) if found else []


def _pairs(document: Document, row: Row) -> list[tuple[str, Any, Any]]:
    """Field by field. Of what has ended nothing but the ending matters."""
    if document.status in ENDED or row["status"] in ENDED:
        return [("ended", document.status in ENDED, row["status"] in ENDED)]
    contact = ContactLink.objects.filter(contact=document.contact_id).first()
    due = None if document.sort.is_credit else document.due_date
    found: list[tuple[str, Any, Any]] = [
        ("contact", str(contact.xero_id) if contact else "", row["contact_id"]),
        ("date", str(document.date), row["date"]),
        ("due_date", str(due or ""), "" if document.sort.is_credit else row["due_date"] or ""),
        ("reference", document.reference, row["reference"] or ""),
        ("status", document.status, row["status"]),
    ]
    found += [(name, getattr(document, name), Decimal(str(row[name]))) for name in AMOUNTS]
    here = Counter((one.description, one.account_code, one.line_amount) for one in document.line_items.all())
    there = Counter(
        (one["description"], one["account_code"], Decimal(str(one["line_amount"]))) for one in row["lines"]
    )
    return [*found, ("lines", here, there)]
