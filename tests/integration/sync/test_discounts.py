"""A discount that is taken away here is gone in Xero; one of Xero's alone outlives our edits."""

import json
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document, LineItem
from sync.models import Delivery, DocumentLink
from tests.factories.billing import line
from tests.integration.sync.conftest import again, approved, fresh_minute, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


def edit_lines(document: Document, **fields: Any) -> None:
    with transaction.atomic():
        LineItem.objects.filter(document=document).update(**fields)
        Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)


def total_in_xero(sandbox: Sandbox, document: Document) -> Decimal:
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    return next(Decimal(str(row["total"])) for row in in_xero(sandbox) if row["id"] == xero_id)


def lines_sent() -> list[dict[str, Any]]:
    newest = Delivery.objects.filter(endpoint="Invoices", is_create=False).order_by("-pk")[0]
    found: list[dict[str, Any]] = json.loads(newest.body)["Invoices"][0]["LineItems"]
    return found


def test_a_discount_removed_here_is_gone_in_xero(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection, lines=(line("100.00", discount_rate=Decimal(10)),))
    sync(connection)
    assert total_in_xero(sandbox, made) == 90
    edit_lines(made, discount_rate=None)
    fresh_minute()
    sync(connection)
    assert total_in_xero(sandbox, made) == again(made).total == 100
    assert not again(made).is_pending


def test_an_amount_taken_off_in_xero_goes_back_with_an_edit(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection, lines=(line("100.00"),))
    sync(connection)
    link = DocumentLink.objects.get(document=made)
    there = {"LineItemID": next(iter(link.line_ids.values())), "DiscountAmount": 7.5}
    ids = {"document": str(link.xero_id), "organisation": HARBOUR_VIEW}
    sandbox.do("edit-document", set={"lines": [there]}, **ids)
    edit_lines(made, description="Rent, Flat 5")
    fresh_minute()
    sync(connection)
    assert lines_sent()[0]["DiscountAmount"] == 7.5
    assert "DiscountRate" not in lines_sent()[0]
    assert total_in_xero(sandbox, made) == again(made).total == Decimal("92.50")
