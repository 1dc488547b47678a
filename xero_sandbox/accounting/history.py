"""Notes in a document's history (docs/xero.md C); an app's notes show as System Generated."""

from __future__ import annotations

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.dates import iso_stamp, ms_stamp
from xero_sandbox.accounting.documents import find
from xero_sandbox.accounting.envelope import Answer, envelope, error_answer
from xero_sandbox.clock import to_ms
from xero_sandbox.http import encode

LONGEST = 2500


def list_history(call: Call, plural: str, item_id: str) -> Answer:
    document = find(call, plural, item_id)
    return envelope(
        call, "HistoryRecords", [_row(to_ms(at), text, who) for at, text, who in document.history]
    )


def add_history(call: Call, plural: str, item_id: str) -> Answer:
    document = find(call, plural, item_id)
    texts = [str(row.get("Details", "")) for row in call.elements("HistoryRecords", "HistoryRecord")]
    if any(not text or len(text) > LONGEST for text in texts):
        return error_answer(10, "ValidationException", f"Details must be 1 to {LONGEST} characters.")
    made = [(call.now, text, "System Generated") for text in texts]
    document.history = [*document.history, *made]
    return envelope(call, "HistoryRecords", [_row(to_ms(at), text, who) for at, text, who in made])


def _row(stamp_ms: int, text: str, who: str) -> bytes:
    found = {"Changes": "Note", "DateUTCString": iso_stamp(stamp_ms), "DateUTC": ms_stamp(stamp_ms)}
    return encode(found | {"User": who, "Details": text})
