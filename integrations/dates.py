"""A sync-from date in the words of the record: who confirmed it, or moved it from what to what. Pure."""

from datetime import date

from integrations.history import Facts
from released.accounts.models import User

ALL_TIME = "all time"


def start_in(kept_facts: Facts) -> str:
    """1 Nov 2024 or "all time", out of what an event kept; empty where there was no date yet."""
    if kept_facts.get("all_time"):
        return ALL_TIME
    kept = kept_facts.get("sync_from")
    return said(date.fromisoformat(kept)) if kept else ""


def confirmed(by: User, before: Facts, sync_from: date) -> str:
    """Whoever reconnects takes the date as it is, or moves it with the same button."""
    if start_in(before) in ("", said(sync_from)):
        return f"{by} confirmed sync from {said(sync_from)}."
    return moved(by, before, sync_from)


def moved(by: User | None, before: Facts, sync_from: date | None) -> str:
    """Priya Shah moved sync from 1 Nov 2024 to 15 Mar 2026."""
    who, now = by or "An operator", said(sync_from) if sync_from else ALL_TIME
    was = start_in(before)
    return f"{who} moved sync from {was} to {now}." if was and was != now else f"{who} set sync from {now}."


def compared(before: Facts, after: Facts) -> str:
    """For a receipt: 15 Mar 2026, moved from 1 Nov 2024. A first date is compared with nothing."""
    was, now = start_in(before), start_in(after)
    if not was:
        return now
    return f"{now}, unchanged" if was == now else f"{now}, moved from {was}"


def said(day: date) -> str:
    return f"{day:%-d %b %Y}"
