"""Two hundred thousand documents in seconds, for benches and for pulls that must not fall over.

Documents are cast from a few patterns: no two share what a write would change, and none is validated.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from decimal import Decimal

from xero_sandbox.accounting.lines import retax
from xero_sandbox.accounting.model import Contact, Document, Line
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.accounting.render_document import rendered
from xero_sandbox.accounting.totals import total_up
from xero_sandbox.clock import to_ms
from xero_sandbox.state import World, new_id

PATTERNS = 64
SIZES = {"contacts": 200, "lines": 3, "days": 365}


def add_bulk(world: World, organisation: Organisation, count: int, *, lines: int, days: int) -> None:
    """Authorised invoices and drafts spread evenly over the days before now."""
    source = random.Random(count)
    now = world.clock.now()
    contacts = _contacts(organisation, source, to_ms(now - timedelta(days=days + 1)))
    patterns = [_pattern(organisation, source, contacts, lines) for _ in range(PATTERNS)]
    gc.disable()
    try:
        organisation.books.invoices.put_many(_documents(world, organisation, patterns, count, days))
    finally:
        gc.enable()
        gc.freeze()


def _documents(
    world: World, organisation: Organisation, patterns: list[Document], count: int, days: int
) -> Iterator[Document]:
    source, now = random.Random(count + 1), world.clock.now()
    shapes = [_Shape(organisation, pattern) for pattern in patterns]
    today, end, step = now.date(), to_ms(now), days * 86_400_000 / max(count, 1)
    for place in range(count):
        stamp = end - int((count - place) * step) - 1
        shape = shapes[place % PATTERNS]
        day = today - timedelta(milliseconds=end - stamp)
        document = shape.cast(f"{source.getrandbits(128):032x}", f"BLK-{place:06d}", stamp)
        document.date, document.due_date = day, day + timedelta(days=30)
        organisation.books.numbers[("Invoices", document.number.lower())] = document.item_id
        yield document


class _Shape:
    """A pattern to cast documents from."""

    def __init__(self, organisation: Organisation, pattern: Document) -> None:
        self._pattern = pattern

    def cast(self, bits: str, number: str, stamp_ms: int) -> Document:
        item_id = f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"
        model = self._pattern
        lines = [_recast(one, f"{item_id[:-2]}{place:02x}") for place, one in enumerate(model.lines)]
        made = Document(
            item_id, "Invoices", model.type, model.contact_id, number, model.reference, model.status
        )
        made.lines, made.updated_ms = lines, stamp_ms
        made.sub_total, made.total_tax, made.total = model.sub_total, model.total_tax, model.total
        return made


def _recast(line: Line, line_id: str) -> Line:
    made = copy(line)
    made.line_id = line_id
    return made


def _contacts(organisation: Organisation, source: random.Random, stamp: int) -> list[Contact]:
    made = [
        Contact(new_id(), f"Bulk Lessee {place:03d}", is_customer=True) for place in range(SIZES["contacts"])
    ]
    for contact in made:
        contact.updated_ms = stamp
    known = {one.name for one in organisation.books.contacts}
    fresh = [one for one in made if one.name not in known]
    organisation.books.contacts.put_many(fresh)
    return fresh or [one for one in organisation.books.contacts if one.name.startswith("Bulk Lessee")]


def _pattern(
    organisation: Organisation, source: random.Random, contacts: list[Contact], lines: int
) -> Document:
    made = Document(new_id(), "Invoices", "ACCREC", source.choice(contacts).item_id)
    made.status = source.choice(("AUTHORISED", "AUTHORISED", "AUTHORISED", "DRAFT"))
    for place in range(lines):
        amount = Decimal(source.randrange(1_000, 200_000)) / 100
        line = Line(
            new_id(), f"Rent, part {place + 1}", Decimal(1), amount, "200", "OUTPUT2", line_amount=amount
        )
        made.lines.append(line)
    retax(organisation.books, made)
    total_up(made)
    return made


def prerender(organisation: Organisation) -> None:
    """Render every page shape now, so that the first pull is as fast as the second."""
    for document in organisation.books.invoices.by_id.values():
        rendered(organisation.books, document, "page")
