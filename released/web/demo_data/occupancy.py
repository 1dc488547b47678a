"""Writes a company's building, its contacts and its tenancies."""

from dataclasses import dataclass

from django.utils.text import slugify

from released.portfolio.models import Company, Contact, Property, Tenancy
from released.web.demo_data.estates import Estate
from released.web.demo_data.plan import Entry


@dataclass(frozen=True)
class Occupancy:
    """What documents point to, by name and by unit."""

    contacts: dict[str, Contact]
    tenancies: dict[str, Tenancy]


def write_estate(company: Company, estate: Estate, plan: list[Entry]) -> Occupancy:
    """The building with everybody whom the plan names."""
    names = sorted({entry.contact for entry in plan} | {let.lessee for let in estate.lets()})
    written = Contact.objects.bulk_create(
        Contact(company=company, name=name, email=f"{slugify(name)}@post.example") for name in names
    )
    contacts = {contact.name: contact for contact in written}
    building = Property.objects.create(company=company, name=estate.building, address=estate.address)
    starts_on = min(entry.date for entry in plan).replace(day=1)
    tenancies = Tenancy.objects.bulk_create(
        Tenancy(
            premises=building, lessee=contacts[let.lessee], unit=let.unit, rent=let.rent, starts_on=starts_on
        )
        for let in estate.lets()
    )
    return Occupancy(contacts, {tenancy.unit: tenancy for tenancy in tenancies})
