"""How lists are asked for: in the order that the planner relies on, ended documents included."""

from datetime import date

PAGE_SIZE = 1000
ORDER = "UpdatedDateUTC ASC"
EVERY_STATUS = "DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED"


def dated(start: date, end: date | None) -> str:
    """Documents of these days in Xero's grammar (docs/xero.md C)."""
    words = f"Date >= DateTime({start.year},{start.month:02},{start.day:02})"
    if end is not None:
        words += f" AND Date < DateTime({end.year},{end.month:02},{end.day:02})"
    return words
