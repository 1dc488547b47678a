"""How much goes into one call (docs/xero.md C): at most 50 elements and three megabytes."""

from collections.abc import Iterable

from sync.deliveries.saving import Parcel
from sync.wire.outgoing import body

MOST = 50
MOST_READ_SINGLY = 10
LARGEST_BODY = 3_000_000


def most_changed(endpoint: str) -> int:
    """How many changes are read and sent in one go.

    Credit notes are read one by one, and all of it has to fit into what a minute allows.
    """
    return MOST if endpoint == "Invoices" else MOST_READ_SINGLY


def fit(endpoint: str, parcels: Iterable[Parcel]) -> list[Parcel]:
    """As many from the start as one call holds, and at least one."""
    chosen: list[Parcel] = []
    size = 0
    for parcel in parcels:
        size += len(body(endpoint, [parcel.payload]).encode())
        if chosen and (len(chosen) == MOST or size > LARGEST_BODY):
            break
        chosen.append(parcel)
    return chosen
