"""The two accounts of the demo and who works there."""

from dataclasses import dataclass
from typing import Final

from released.accounts.permissions import DEFAULT_ROLES, MANAGE_ADDONS

CONNECTOR: Final = "Account manager with add-ons"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in; `companies` limits them to those, when there are any."""

    email: str
    name: str
    role: str
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Firm:
    """An account with its people, its roles besides the default ones, and its companies."""

    name: str
    people: tuple[Person, ...]
    companies: tuple[str, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()


NORTHGATE: Final = Firm(
    name="Northgate Property Management",
    people=(
        Person("admin@northgate.example", "Daniel Okafor", "Administrator"),
        Person("manager@northgate.example", "Priya Shah", "Property manager"),
        Person("readonly@northgate.example", "Tom Ellery", "Read only"),
        Person("connector@northgate.example", "Nadia Rossi", CONNECTOR),
        Person(
            "limited@northgate.example",
            "Megan Hughes",
            "Property manager",
            ("Castlegate Estates Ltd", "Mill Lane Properties Ltd"),
        ),
    ),
    companies=(
        "Harbour View Ltd",
        "Castlegate Estates Ltd",
        "Mill Lane Properties Ltd",
        "Orchard Row Ltd",
        "Tannery Court Ltd",
        "Beacon Street Residential Ltd",
    ),
    roles=((CONNECTOR, (*DEFAULT_ROLES["Account manager"], MANAGE_ADDONS)),),
)

HARBOUR: Final = Firm(
    name="Harbour Letting",
    people=(Person("admin@harbour.example", "Rosa Lind", "Administrator"),),
    companies=("Quayside Lettings Ltd", "Lantern House Ltd"),
)

FIRMS: Final = (NORTHGATE, HARBOUR)
OPERATOR: Final = Person("operator@released.example", "Olu Adeyemi", "")
