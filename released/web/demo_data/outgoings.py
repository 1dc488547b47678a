"""What runs up regularly at every building of the demo. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True)
class Outgoing:
    """A bill that comes every `every` months, first in month `first`, on `day`."""

    supplier: str
    what: str
    account_code: str
    tax_type: str
    amount: Decimal
    step: Decimal
    every: int
    first: int
    day: int

    def due_in(self, month: int) -> bool:
        """Whether it comes in the month that lies so many months back."""
        return month % self.every == self.first

    def day_at(self, offset: int) -> int:
        """Not on the same day at every building."""
        return 1 + (self.day + 5 * offset) % 27

    def costs(self, month: int, offset: int) -> Decimal:
        """A little more or less from one time, and from one building, to the next."""
        here = self.amount * (100 + 7 * (offset % 5)) / 100 + self.step * ((month * 5 + offset + 3) % 7)
        return here.quantize(Decimal("0.01"))


OUTGOINGS: Final = (
    Outgoing("Brook and Daughters", "Stairwell cleaning", "408", "INPUT2", Decimal("95.00"),
             Decimal(0), 1, 0, 11),
    Outgoing("Northern Grid Energy", "Electricity, shared areas", "445", "RRINPUT", Decimal("143.20"),
             Decimal("9.35"), 1, 0, 6),
    Outgoing("Moorland Water", "Water, shared areas", "445", "ZERORATEDINPUT", Decimal("88.40"),
             Decimal("3.15"), 3, 1, 19),
    Outgoing("Brightwater Lift Services Ltd", "Lift inspection", "473", "INPUT2", Decimal("405.00"),
             Decimal(0), 3, 2, 14),
    Outgoing("Ferris & Cole Plumbing", "Boiler service and repair", "473", "INPUT2", Decimal("120.00"),
             Decimal("46.50"), 2, 0, 22),
    Outgoing("Pyrford Landscapes", "Garden maintenance", "473", "INPUT2", Decimal("180.00"),
             Decimal("15.00"), 2, 1, 3),
    Outgoing("Halyard Insurance Brokers", "Buildings insurance", "433", "EXEMPTINPUT", Decimal("1840.00"),
             Decimal("22.00"), 12, 4, 2),
)  # fmt: skip
