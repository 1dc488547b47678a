"""What each company of the demo lets, to whom, and for how much. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

PEOPLE: Final = (
    "Aisha Rahman", "Owen Pritchard", "Leah Whitcombe", "Grace Okonkwo", "Tomasz Zielinski", "Imogen Barr",
    "Desmond Achebe", "Yusuf Demir", "Samir and Nadia Haddad", "Beatrix Lowe", "Callum Ferreira",
    "Harriet Nwosu", "Joon-ho Park", "Marta Kowalczyk", "Niamh Gallagher", "Percy Whitfield",
    "Rukhsana Malik", "Stellan Berg", "Thea Morrison", "Viktor Antonov", "Wren Abernathy", "Zofia Nowak",
    "Elias Brandt", "Fatou Diallo",
)  # fmt: skip
FIRMS: Final = ("Larkspur Dental LLP", "Pennine Cycles Ltd", "Saltmarsh Coffee Ltd", "Tide & Timber Ltd")


@dataclass(frozen=True)
class Let:
    """One tenancy. `is_business` rents carry VAT, homes are exempt."""

    unit: str
    lessee: str
    rent: Decimal
    day: int
    is_business: bool
    has_parking: bool


@dataclass(frozen=True)
class Estate:
    """A company's building with its tenancies; `months` is how far back its documents go."""

    company: str
    building: str
    address: str
    code: str
    months: int
    homes: int
    shops: int
    offset: int

    def lets(self) -> tuple[Let, ...]:
        """The tenancies, in the order of their units."""
        homes = enumerate(islice(PEOPLE, self.offset, self.offset + self.homes), start=1)
        shops = enumerate(islice(FIRMS, 0, self.shops), start=1)
        return (
            *(self._home(place, name) for place, name in homes),
            *(self._shop(place, name) for place, name in shops),
        )

    def _home(self, place: int, name: str) -> Let:
        rent = Decimal(960 + 35 * ((place * 7 + self.offset) % 13))
        return Let(f"Flat {place}", name, rent, 1 + place * 3 % 27, False, place % 4 == 0)

    def _shop(self, place: int, name: str) -> Let:
        return Let(f"Unit {place}", name, Decimal(1850 + 420 * place), 1, True, False)


ESTATES: Final = (
    Estate("Harbour View Ltd", "Harbour View", "1 Harbour Parade, Whitby YO21 1AB", "HV", 19, 12, 2, 0),
    Estate("Castlegate Estates Ltd", "18 Castlegate", "18 Castlegate, York YO1 9RN", "CG", 6, 5, 1, 4),
    Estate("Mill Lane Properties Ltd", "Mill Lane", "3-9 Mill Lane, Beverley HU17 9JB", "ML", 6, 4, 0, 6),
    Estate("Orchard Row Ltd", "Orchard Row", "Orchard Row, Malton YO17 7LX", "OR", 5, 3, 2, 9),
    Estate("Tannery Court Ltd", "Tannery Court", "Tannery Court, Leeds LS2 7DA", "TC", 4, 6, 0, 12),
    Estate(
        "Beacon Street Residential Ltd", "Beacon Street", "40 Beacon Street, Hull HU2 8AA", "BS", 4, 6, 0, 15
    ),
    Estate("Quayside Lettings Ltd", "Quayside", "7 Quayside, Scarborough YO11 1PF", "QS", 6, 5, 1, 18),
    Estate("Lantern House Ltd", "Lantern House", "2 Cliff Street, Whitby YO21 3DD", "LH", 3, 3, 0, 20),
)
