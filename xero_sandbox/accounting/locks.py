"""Lock dates of an organisation, and whom they stop (docs/xero.md C15).

That the period's lock lets advisers pass, that both let drafts pass, and the words themselves are
reports of others, so each is a switch.
"""

from __future__ import annotations

from datetime import date

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.model import Document

LOCKED = "The document date cannot be before the {which} lock date, currently set at {at}"
LOCKED_EDIT = "The document cannot be edited as its date is before the {which} lock date, {at}"
APPROVED = ("AUTHORISED", "VOIDED", "PAID")


def lock_problems(call: Call, document: Document, known: Document | None) -> list[str]:
    """An approved document's date, as it was or as it is to be, may lie behind neither lock."""
    switches = call.world.switches
    statuses = APPROVED + (() if switches["drafts_pass_locks"] else ("DRAFT", "SUBMITTED", "DELETED"))
    before = [known.date] if known and known.status in statuses else []
    dates = before + ([document.date] if document.status in statuses else [])
    is_other = before and switches["locked_edit_text"] == "other"
    text = LOCKED_EDIT if is_other else LOCKED
    found = [
        text.format(which=which, at=lock.strftime(switches["lock_date_format"]))
        for which, lock in _locks(call)
        if lock is not None and any(one <= lock for one in dates)
    ]
    return found if switches["both_lock_texts"] else found[:1]


def _locks(call: Call) -> list[tuple[str, date | None]]:
    """Nobody passes the year's."""
    locks = [("end of year", call.organisation.year_lock_date)]
    if not (call.is_adviser and call.world.switches["advisers_pass_period_lock"]):
        locks.insert(0, ("period", call.organisation.period_lock_date))
    return locks
