"""Files on documents (docs/xero.md C): raw bytes in, at most ten on one document."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.documents import find
from xero_sandbox.accounting.envelope import Answer, envelope, error_answer
from xero_sandbox.accounting.errors import NotFound
from xero_sandbox.clock import to_ms
from xero_sandbox.http import encode
from xero_sandbox.state import new_id

MOST = 10


def list_attachments(call: Call, plural: str, item_id: str) -> Answer:
    document = find(call, plural, item_id)
    kept = call.books.attachments.get(document.item_id, {})
    return envelope(call, "Attachments", [encode(_json(call, plural, item_id, name)) for name in kept])


def get_attachment(call: Call, plural: str, item_id: str, name: str) -> Answer:
    kept = call.books.attachments.get(find(call, plural, item_id).item_id, {})
    if unquote(name) not in kept:
        raise NotFound
    _, content_type, content = kept[unquote(name)]
    return Answer(200, content, content_type)


def put_attachment(call: Call, plural: str, item_id: str, name: str) -> Answer:
    document = find(call, plural, item_id)
    kept = call.books.attachments.setdefault(document.item_id, {})
    if len(kept) >= MOST and unquote(name) not in kept:
        return error_answer(10, "ValidationException", f"A document can hold at most {MOST} attachments.")
    content_type = call.headers.get("Content-Type", "application/octet-stream")
    kept[unquote(name)] = (new_id(), content_type, call.body)
    document.has_attachments = True
    ledger = call.books.ledger(document.kind)
    if call.world.switches["attachment_stamps_document"]:
        ledger.put(document, to_ms(call.now))
    else:
        ledger.changed(document)
    return envelope(call, "Attachments", [encode(_json(call, plural, document.item_id, unquote(name)))])


def _json(call: Call, plural: str, item_id: str, name: str) -> dict[str, Any]:
    attachment_id, content_type, content = call.books.attachments[item_id][name]
    return {
        "AttachmentID": attachment_id,
        "FileName": name,
        "Url": f"{call.origin}/api.xro/2.0/{plural}/{item_id}/Attachments/{name}",
        "MimeType": content_type,
        "ContentLength": len(content),
    }
