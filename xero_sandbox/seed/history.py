"""A year of an organisation's own invoices, bills and credit notes, alike in every run but for the dates."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from xero_sandbox.accounting.lines import retax
from xero_sandbox.accounting.model import Contact, Document, Line, Payment
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.accounting.totals import total_up
from xero_sandbox.clock import to_ms
from xero_sandbox.state import World, new_id

CUSTOMERS = (
    "Ridgeway Dental",
    "Bayside Club",
    "Marine Systems",
    "City Limousines",
    "Boom FM",
    "Hamilton Smith Ltd",
)
SUPPLIERS = ("Northern Plumbing Co", "Swift Cleaning", "PowerDirect", "Gateway Insurance", "Net Connect")
SALES = (("200", "Consultancy"), ("260", "Service charge recharge"), ("200", "Retainer"))
COSTS = (
    ("473", "Boiler repair"), ("408", "Stairwell cleaning"), ("445", "Electricity"),
    ("433", "Buildings cover"),
    ("489", "Line rental"),
)  # fmt: skip
INVOICES, CREDIT_NOTES = 60, 4


def add_history(world: World, organisation: Organisation) -> None:
    source = random.Random(7)
    today = world.clock.now().date()
    contacts = {name: Contact(new_id(), name, is_customer=name in CUSTOMERS, is_supplier=name in SUPPLIERS)
                for name in CUSTOMERS + SUPPLIERS}  # fmt: skip
    for place, contact in enumerate(contacts.values()):
        contact.email = f"accounts@{contact.name.split()[0].lower()}.example"
        contact.updated_ms = to_ms(world.clock.now() - timedelta(days=365, minutes=place))
    organisation.books.contacts.put_many(contacts.values())
    for place in range(INVOICES):
        day = today - timedelta(days=360 - place * 6)
        _invoice(world, organisation, source, contacts, day)
    for place in range(CREDIT_NOTES):
        _credit_note(world, organisation, source, contacts, today - timedelta(days=300 - place * 80))


def _invoice(world: World, organisation: Organisation, source: random.Random,
             contacts: dict[str, Contact], day: date) -> None:  # fmt: skip
    sale = source.random() < 0.6
    contact = contacts[source.choice(CUSTOMERS if sale else SUPPLIERS)]
    made = Document(
        new_id(), "Invoices", "ACCREC" if sale else "ACCPAY", contact.item_id, date=day, status="AUTHORISED"
    )
    made.due_date = day + timedelta(days=30 if sale else 14)
    made.number = _number(organisation, "INV") if sale else f"B-{source.randrange(10_000, 99_999)}"
    made.reference = source.choice(("", "PO-4471", "Monthly", "Lease 12"))
    made.lines = [_line(source, SALES if sale else COSTS) for _ in range(source.randrange(1, 4))]
    _finish(organisation, made)
    age = (world.clock.now().date() - day).days
    if age > 45:
        _pay(organisation, made, day + timedelta(days=20), world)
    elif age < 10:
        made.status = "DRAFT"
    _store(world, organisation, made)


def _credit_note(world: World, organisation: Organisation, source: random.Random,
                 contacts: dict[str, Contact], day: date) -> None:  # fmt: skip
    contact = contacts[source.choice(CUSTOMERS)]
    made = Document(new_id(), "CreditNotes", "ACCRECCREDIT", contact.item_id, date=day, status="AUTHORISED")
    made.number = _number(organisation, "CN")
    made.lines = [_line(source, SALES)]
    _finish(organisation, made)
    _store(world, organisation, made)


def _number(organisation: Organisation, prefix: str) -> str:
    number = f"{prefix}-{organisation.books.next_number[prefix]:04d}"
    organisation.books.next_number[prefix] += 1
    return number


def _line(source: random.Random, choices: tuple[tuple[str, str], ...]) -> Line:
    code, description = source.choice(choices)
    unit = Decimal(source.randrange(4_000, 90_000)) / 100
    quantity = Decimal(source.choice((1, 1, 1, 2, 3)))
    return Line(
        new_id(), description, quantity, unit, code, line_amount=(unit * quantity).quantize(Decimal("0.01"))
    )


def _finish(organisation: Organisation, made: Document) -> None:
    for line in made.lines:
        line.tax_type = organisation.books.accounts[line.account_code or "200"].tax_type
    retax(organisation.books, made)
    total_up(made)


def _pay(organisation: Organisation, made: Document, day: date, world: World) -> None:
    payment = Payment(new_id(), made.item_id, made.kind, day, made.total, "090")
    made.payments.append(payment)
    organisation.books.payments.put(payment, to_ms(world.clock.now()) - 1)
    made.amount_paid, made.status, made.fully_paid_on = made.total, "PAID", day


def _store(world: World, organisation: Organisation, made: Document) -> None:
    if made.is_sale:
        organisation.books.numbers[(made.kind, made.number.lower())] = made.item_id
    age = world.clock.now().date() - made.date
    organisation.books.ledger(made.kind).put(made, to_ms(world.clock.now() - age))
